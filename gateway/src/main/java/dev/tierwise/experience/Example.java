package dev.tierwise.experience;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What came of one answer, beside what had been foretold. Holds no word of prompt or answer. A
/// second example of the same request, model and source takes the first one's place.
///
/// @param at when the outcome became known
/// @param requestId the request's id
/// @param task the named or guessed task, or an empty text
/// @param model the gateway's name of the model that answered
/// @param traits of the prompt, as small numbers; always of one length for one predictor
/// @param foretold the probability from the prompt alone, before any correction
/// @param judged the probability from the answer, before any correction; NaN when it was not judged
/// @param outcome what came of it, 0 (wrong) to 1 (right)
/// @param source where that is known from
/// @param weight how many ordinary outcomes it counts for, above 0 and at most 10
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record Example(
        Instant at,
        String requestId,
        String task,
        String model,
        double[] traits,
        double foretold,
        double judged,
        double outcome,
        Source source,
        double weight) {
    private static final double HEAVIEST = 10;

    /// Checks, and rounds `at` and the traits to what is kept on disk.
    public Example {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        traits = Traits.rounded(traits);
        requestId = Checks.name(requestId);
        task = Checks.name(task);
        model = Checks.name(model);
        Checks.share(foretold);
        Checks.share(outcome);
        if (!Double.isNaN(judged)) {
            Checks.share(judged);
        }
        if (!(weight > 0 && weight <= HEAVIEST)) {
            throw new IllegalArgumentException("a weight lies above 0 and up to 10: " + weight);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(at.toEpochMilli());
        out.writeUTF(requestId);
        out.writeUTF(task);
        out.writeUTF(model);
        byte[] packed = Traits.packed(traits);
        out.writeInt(packed.length);
        out.write(packed);
        out.writeDouble(foretold);
        out.writeDouble(judged);
        out.writeDouble(outcome);
        out.writeUTF(source.name());
        out.writeDouble(weight);
    }

    static Example read(DataInput in, int mostTraits) throws IOException {
        Instant at = Instant.ofEpochMilli(in.readLong());
        String requestId = in.readUTF();
        String task = in.readUTF();
        String model = in.readUTF();
        byte[] packed = new byte[Sizes.read(in, mostTraits)];
        in.readFully(packed);
        return new Example(
                at,
                requestId,
                task,
                model,
                Traits.unpacked(packed),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                Source.valueOf(in.readUTF()),
                in.readDouble());
    }

    /// What tells it from others: a second example with the same identity takes its place.
    String identity() {
        return requestId + ' ' + source.word() + ' ' + model;
    }

    /// The same with another outcome.
    Example with(double other) {
        return new Example(
                at, requestId, task, model, traits, foretold, judged, other, source, weight);
    }

    @Override
    public String toString() {
        return "Example[" + requestId + ", " + model + ", " + source.word() + "]";
    }
}
