package dev.tierwise.engine.chat;

import java.util.List;

/// What became of a template's use.
public sealed interface Rendering {

    /// The prompt.
    ///
    /// @param text of all
    /// @param foreign the parts that came from outside: nothing in them may become a control token;
    ///   rising, neither touching nor empty
    record Rendered(String text, List<Range> foreign) implements Rendering {
        /// Takes a copy.
        public Rendered {
            foreign = List.copyOf(foreign);
        }

        /// The ranges as starts and ends in turn.
        public int[] bounds() {
            return foreign.stream()
                    .flatMapToInt(
                            range -> java.util.stream.IntStream.of(range.start(), range.end()))
                    .toArray();
        }

        /// The lengths alone: a prompt is not for logs.
        @Override
        public String toString() {
            return "Rendered[" + text.length() + " characters, " + foreign.size() + " foreign]";
        }
    }

    /// A part of a text.
    ///
    /// @param start first UTF-16 unit
    /// @param end after the last
    record Range(int start, int end) {}

    /// The template itself says that it cannot take this conversation (`raise_exception`).
    ///
    /// @param message in the template's words
    record Raised(String message) implements Rendering {}

    /// The template goes wrong on these values, or too far.
    ///
    /// @param line of the template, counted from 1
    /// @param problem what is wrong there
    record Refused(int line, String problem) implements Rendering {}
}
