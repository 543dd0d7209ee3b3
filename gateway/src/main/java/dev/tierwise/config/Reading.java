package dev.tierwise.config;

import java.util.List;

/// What came of reading a configuration.
public sealed interface Reading {
    /// It is sound.
    ///
    /// @param config what it says
    record Loaded(Config config) implements Reading {}

    /// It cannot be used.
    ///
    /// @param problems everything that is wrong, by line; never empty
    record Invalid(List<Problem> problems) implements Reading {
        public Invalid {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("an invalid file has a problem");
            }
        }
    }

    /// One thing that is wrong. Carries no value of a secret.
    ///
    /// @param file the name of the file
    /// @param line its line, from 1; 0 for the file as a whole
    /// @param path the key, such as `models[0].tier`; empty for the file as a whole
    /// @param message what is wrong
    /// @param remedy how to mend it
    record Problem(String file, int line, String path, String message, String remedy) {
        /// All of it in one line: `tierwise.yaml:12: models[0].teir: unknown key; did you mean
        /// \`tier\`?`.
        public String text() {
            return file
                    + (line > 0 ? ":" + line : "")
                    + ": "
                    + (path.isEmpty() ? "" : path + ": ")
                    + message
                    + (remedy.isEmpty() ? "" : "; " + remedy);
        }
    }
}
