package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.math.Matrices;
import dev.tierwise.engine.math.Workers;
import java.nio.file.Path;

/// A transformer from a GGUF file: takes tokens in and tells how likely each next one is. One
/// thread at a time may call [#forward]; the caches belong to that thread too.
public final class LanguageModel implements AutoCloseable {
    private final GgufFile file;
    private final Shape shape;
    private final Weights weights;
    private final Stream stream;

    private LanguageModel(GgufFile file, Shape shape, Weights weights, Stream stream) {
        this.file = file;
        this.shape = shape;
        this.weights = weights;
        this.stream = stream;
    }

    /// What loading came to.
    public sealed interface Loading {
        /// The model can be used.
        ///
        /// @param model to be closed; the file is closed with it
        record Ready(LanguageModel model) implements Loading {}

        /// It cannot.
        ///
        /// @param message what is wrong
        record Refused(String message) implements Loading {}
    }

    /// Loads the model of a file.
    ///
    /// @param batch tokens that one step may take in
    /// @param workers how many threads will work at once
    /// @param context positions of the longest sequence; rotary factors are chosen by it
    public static Loading load(GgufFile file, int batch, int workers, int context) {
        try {
            Shape shape = ShapeReader.read(file);
            long bytes = file.tensors().stream().mapToLong(t -> t.data().byteSize()).sum();
            boolean wide = Matrices.wide(bytes);
            Weights weights = Weights.read(file, shape, wide);
            var stream = new Stream(shape, weights, batch, workers, context, wide);
            return new Loading.Ready(new LanguageModel(file, shape, weights, stream));
        } catch (ShapeReader.Unfit unfit) {
            return new Loading.Refused(file.path() + " cannot be run: " + unfit.getMessage() + ".");
        }
    }

    /// A cache for one sequence.
    ///
    /// @param positions tokens that it can hold
    public KvCache cache(int positions) {
        return new KvCache(shape, positions);
    }

    /// Bytes that a cache of so many positions takes outside the heap.
    public long cacheBytes(int positions) {
        return KvCache.bytes(shape, positions);
    }

    /// Bytes of the weights, outside the heap; of a file that is mapped the operating system holds
    /// what is in use.
    public long weightBytes() {
        return weights.bytes();
    }

    /// Tokens that it knows.
    public int vocabulary() {
        return shape.vocabulary();
    }

    /// Numbers that a token is in the model, and an embedding has.
    public int width() {
        return shape.width();
    }

    /// Positions that it was trained for.
    public int context() {
        return shape.context();
    }

    /// Its architecture, such as `llama`.
    public String architecture() {
        return shape.family().word();
    }

    /// Opens an adapter for this model.
    public LoraAdapter.Reading adapter(Path path) {
        return switch (GgufFile.open(path)) {
            case GgufFile.Opening.Refused(String message, _) ->
                    new LoraAdapter.Reading.Refused(message);
            case GgufFile.Opening.Open(GgufFile opened) -> {
                LoraAdapter.Reading reading = LoraAdapter.read(opened, file);
                if (reading instanceof LoraAdapter.Reading.Refused) {
                    opened.close();
                }
                yield reading;
            }
        };
    }

    /// Takes the batch's tokens in. Afterwards the logits that were wanted stand in [#logits],
    /// those of place `p` from `p · vocabulary` on, until the next step.
    public void forward(Batch batch, Workers workers) {
        stream.run(batch, workers);
    }

    /// The logits of the last step.
    public float[] logits() {
        return stream.logits();
    }

    /// What the last layer made of each token of the last step, `width` numbers each, after the
    /// last norm.
    public float[] states() {
        return stream.states();
    }

    @Override
    public void close() {
        file.close();
    }
}
