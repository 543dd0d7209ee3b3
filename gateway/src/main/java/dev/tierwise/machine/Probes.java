package dev.tierwise.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the outside of this process is asked: programs, small files, names in folders. Nothing here
/// writes. Implementations can be used by many threads at once and throw nothing: what could not be
/// had is an answer too.
public interface Probes {
    /// Runs a program and waits for it, at most so long; then it is killed.
    ///
    /// @param command the program, found on the search path, and its arguments; no shell is between
    Reading run(List<String> command, Duration atMost);

    /// The beginning of a text file, up to a bound of some hundred kilobytes; nothing when it is
    /// not there or may not be read.
    Optional<String> read(String file);

    /// The names in a folder, in order; none when it is not there.
    List<String> list(String folder);

    /// The name of the operating system, as Java has it: `Linux`, `Mac OS X`, `Windows 11`.
    String system();

    /// The real machine.
    static Probes real() {
        return new SystemProbes();
    }

    /// What came of running a program.
    sealed interface Reading {
        /// It came to its end.
        ///
        /// @param status its exit status
        /// @param text what it wrote, errors too, up to a bound
        record Said(int status, String text) implements Reading {}

        /// There is no such program, or it may not be run.
        record Absent() implements Reading {}

        /// It was still running when its time was over.
        ///
        /// @param after how long it had
        record Late(Duration after) implements Reading {}
    }
}
