package dev.tierwise.prove;

import java.util.List;
import java.util.Map;

/// What a self-test came to.
///
/// @param seed what the requests were drawn from; the same seed draws the same
/// @param requests how many were sent
/// @param regulated how many of them carried a canary
/// @param harmless how many did not and were meant for the far upstream
/// @param reached how many of the harmless ones it saw, so that the test is known to see anything
/// @param partnered how many requests went out under pseudonyms
/// @param leaks where canaries were found that had to stay, at most a hundred
/// @param leaked how many there were
/// @param onDisk files in which a mark or an identifier was found
/// @param files how many files were looked through
/// @param answers how often each status was answered
public record Outcome(
        long seed,
        long requests,
        long regulated,
        long harmless,
        long reached,
        long partnered,
        List<Leak> leaks,
        long leaked,
        List<String> onDisk,
        int files,
        Map<Integer, Long> answers) {
    public Outcome {
        leaks = List.copyOf(leaks);
        onDisk = List.copyOf(onDisk);
        answers = Map.copyOf(answers);
    }

    /// One canary that got out.
    ///
    /// @param sort the identifier's sort
    /// @param position where it stood
    /// @param disguise how it was written
    /// @param fault what went wrong meanwhile
    public record Leak(String sort, String position, String disguise, String fault) {}

    /// Whether nothing got out and the test could have seen it if it had.
    public boolean passed() {
        return leaked == 0 && onDisk.isEmpty() && reached > 0 && partnered > 0;
    }
}
