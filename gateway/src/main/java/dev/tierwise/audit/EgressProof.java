package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to "did data of this class leave?", out of the trail alone: proven only when the
/// chain holds, the whole period is recorded, and no record in it speaks of a permit for another
/// place.
///
/// @param proven whether nothing speaks against it
/// @param claim the claim in a sentence
/// @param evidence what was found
/// @param statement the answer as one line of JSON, signed when `signed`
/// @param signed whether the trail's secret key was there to sign it
public record EgressProof(
        boolean proven, String claim, Evidence evidence, String statement, boolean signed) {
    /// What is asked.
    ///
    /// @param dataClass the class; those above it are meant too
    /// @param period when
    /// @param jurisdiction only zones there, or of no known place, count as egress; null for all
    ///   zones that are not local
    /// @param now the moment of the question
    public record Question(
            DataClass dataClass, Period period, @Nullable String jurisdiction, Instant now) {}

    /// What was found.
    ///
    /// @param verification of the chain
    /// @param counts of records
    /// @param breaks what speaks against it, the first thousand
    /// @param remarks what does not, but should be known
    public record Evidence(
            Verification verification, Counts counts, List<Break> breaks, List<String> remarks) {
        public Evidence {
            breaks = List.copyOf(breaks);
            remarks = List.copyOf(remarks);
        }
    }

    /// How much was looked at.
    ///
    /// @param records in the period
    /// @param requests of the class or above
    /// @param localPermits permits of those for local zones
    /// @param otherPermits permits of those for other zones
    /// @param breaks how many things speak against the claim
    public record Counts(
            long records, long requests, long localPermits, long otherPermits, long breaks) {}

    /// Something that speaks against the claim.
    ///
    /// @param place the record's file and line; empty when it is about no single record
    /// @param time when it was written; empty likewise
    /// @param what it says
    public record Break(String place, String time, String what) {}

    /// What came of asking.
    public sealed interface Made {
        /// An answer, be it yes or no.
        record Done(EgressProof proof) implements Made {}

        /// There is no trail.
        ///
        /// @param message which folder is missing and what makes it
        record Missing(String message) implements Made {}

        /// The trail cannot be read.
        ///
        /// @param message what is wrong and how to mend it
        record Unreadable(String message) implements Made {}
    }

    /// Reads the trail once and answers. Signs with the trail's secret key if it can be read.
    public static Made of(Verifier verifier, Question question) {
        var witness = new EgressWitness(question);
        Verification verification = verifier.verify(witness);
        return switch (verification) {
            case Verification.Missing(String message) -> new Made.Missing(message);
            case Verification.Unreadable(String message) -> new Made.Unreadable(message);
            case Verification.Intact _, Verification.Broken _ ->
                    made(verifier, question, witness.evidence(verification));
        };
    }

    private static Made made(Verifier verifier, Question question, Evidence evidence) {
        boolean proven = evidence.breaks().isEmpty();
        var statements = new EgressStatement(question, evidence);
        String object = statements.object();
        SigningKey key;
        try {
            key = new KeyFiles(verifier.folder()).read();
        } catch (IOException _) {
            key = null; // an auditor's copy need not have it, or lets nobody read it
        }
        String statement = key == null ? object + "}" : Seal.line(Seal.NO_EGRESS, object, key);
        return new Made.Done(
                new EgressProof(proven, statements.claim(), evidence, statement, key != null));
    }

    /// What no such proof shows, in sentences.
    public static List<String> limits() {
        return EgressStatement.LIMITS;
    }
}
