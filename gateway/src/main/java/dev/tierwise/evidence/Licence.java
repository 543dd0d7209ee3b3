package dev.tierwise.evidence;

import java.util.Locale;
import java.util.Optional;

/// The licence of a model's weights. Not legal advice: what somebody says of it, with who says so.
///
/// @param name its SPDX identifier or usual name, such as `apache-2.0` or `llama3.2`
/// @param use what it allows a business
/// @param source who says so
public record Licence(String name, Use use, String source) {
    /// Whether commercial use is allowed.
    public enum Use {
        /// Yes, and nothing is asked that a local use would touch.
        FREE("commercial use is free"),
        /// Yes, with conditions to be read.
        CONDITIONS("commercial use with conditions"),
        /// No.
        RESEARCH("no commercial use");

        private final String says;

        Use(String says) {
            this.says = says;
        }

        /// In words for people.
        public String says() {
            return says;
        }

        /// The word of files, such as `free`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The use that a word names.
        public static Optional<Use> named(String word) {
            for (Use use : values()) {
                if (use.word().equals(word)) {
                    return Optional.of(use);
                }
            }
            return Optional.empty();
        }
    }

    /// In words for people, such as `gemma, commercial use with conditions`.
    public String says() {
        return name + ", " + use.says();
    }
}
