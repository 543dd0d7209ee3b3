package dev.tierwise.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of checking a trail.
public sealed interface Verification {
    /// Every line is as it was written and none is missing, as far as checkpoints say.
    ///
    /// @param chain what was read
    /// @param remarks what an auditor should know, such as lines that no checkpoint covers yet
    record Intact(Chain chain, List<String> remarks) implements Verification {
        public Intact {
            remarks = List.copyOf(remarks);
        }
    }

    /// Something was changed, removed, moved or put in.
    ///
    /// @param chain what was read
    /// @param fault the first thing that is wrong
    record Broken(Chain chain, Fault fault) implements Verification {}

    /// There is no trail.
    ///
    /// @param message which folder is missing and what makes it
    record Missing(String message) implements Verification {}

    /// The trail, or what it is to be checked against, cannot be read.
    ///
    /// @param message what is wrong and how to mend it
    record Unreadable(String message) implements Verification {}

    /// What was read of a trail.
    ///
    /// @param first the first record that is there
    /// @param last the last record
    /// @param lines how many there are
    /// @param segments in how many files
    /// @param prunedThrough the last record that the trail itself has dropped; 0 when it has none
    /// @param signatures what the checkpoints say
    record Chain(
            @Nullable End first,
            @Nullable End last,
            long lines,
            int segments,
            long prunedThrough,
            Signatures signatures) {}

    /// One end of the chain.
    ///
    /// @param sequence the record's number
    /// @param hash its line's hash
    /// @param time when it was written
    record End(long sequence, String hash, String time) {}

    /// What the checkpoints say.
    ///
    /// @param checkpoints how many there are
    /// @param covered the last record that one covers
    /// @param last the newest checkpoint's line; null when there is none
    /// @param keys the ids of the keys that signed, oldest first
    record Signatures(long checkpoints, long covered, @Nullable String last, List<String> keys) {
        public Signatures {
            keys = List.copyOf(keys);
        }
    }

    /// Something that is wrong.
    ///
    /// @param file the file, or `anchor`
    /// @param line the line in it, counted from 1; 0 for the file as a whole
    /// @param meaning what it means
    record Fault(String file, long line, String meaning) {
        /// Where it is, such as `000003.jsonl:17`.
        public String place() {
            return line == 0 ? file : file + ":" + line;
        }
    }
}
