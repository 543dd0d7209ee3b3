package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.engine.gguf.GgufFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What of an open model decides how much memory it takes and how fast it is. What nobody published
/// is null.
///
/// @param id the name here, such as `llama-3.2-3b`
/// @param names under Ollama and Hugging Face
/// @param parameters all of them
/// @param active those that one token passes through; fewer than all in a mixture of experts
/// @param context the longest that it was made for, in tokens
/// @param layers its blocks, whatever they attend to
/// @param vocabulary tokens that it knows
/// @param matrices the sizes of its weights; null when some are unknown
/// @param attention what its layers keep of the past
/// @param experts how many feed-forward parts a layer has; null for a dense model
/// @param usual the quantisation that it is handed out in most
/// @param published the file of that quantisation, as somebody published its size
/// @param source who says so
public record ModelShape(
        String id,
        List<String> names,
        @Nullable Long parameters,
        @Nullable Long active,
        @Nullable Integer context,
        @Nullable Integer layers,
        @Nullable Integer vocabulary,
        @Nullable Matrices matrices,
        @Nullable Attention attention,
        @Nullable Experts experts,
        Quantisation usual,
        @Nullable Published published,
        String source) {
    public ModelShape {
        names = List.copyOf(names);
    }

    /// The shape that a file's head tells; nothing where its quantisation cannot be planned. Parts
    /// that the head does not tell, or an unknown architecture's cache, are null.
    ///
    /// @param file open; only its head is read
    /// @param name for people
    /// @param bytes of the whole file
    public static Optional<ModelShape> of(GgufFile file, String name, long bytes) {
        return GgufShape.of(file, name, bytes);
    }

    /// The sizes of a transformer's weights.
    ///
    /// @param layers blocks
    /// @param hidden width of the stream between them
    /// @param heads of queries
    /// @param keyValueHeads of keys and values, shared by several queries
    /// @param headSize width of one head
    /// @param feedForward width of the feed-forward part, of one expert where there are several
    /// @param vocabulary rows of the embedding
    /// @param tied whether the output reuses the embedding
    /// @param fused whether queries, keys and values are one matrix in GGUF files
    public record Matrices(
            int layers,
            int hidden,
            int heads,
            int keyValueHeads,
            int headSize,
            int feedForward,
            int vocabulary,
            boolean tied,
            boolean fused) {}

    /// What the layers keep of the past. A layer that shares another's cache is in none of the
    /// three counts.
    ///
    /// @param full layers that keep every position
    /// @param windowed layers that keep a window of positions
    /// @param window the latest positions that those see; 0 without such layers
    /// @param recurrent layers that keep a state of constant size
    /// @param recurrentBytes what all of these together keep for one sequence; null when unknown
    /// @param keyValueHeads of keys and of values
    /// @param headSize width of one head
    /// @param fullWidth numbers that the keys of one position have in a full layer, and its values
    ///   again; heads times their size, but in models whose full layers are wider than the others
    public record Attention(
            int full,
            int windowed,
            int window,
            int recurrent,
            @Nullable Long recurrentBytes,
            int keyValueHeads,
            int headSize,
            int fullWidth) {
        /// All layers alike.
        public Attention(
                int full,
                int windowed,
                int window,
                int recurrent,
                @Nullable Long recurrentBytes,
                int keyValueHeads,
                int headSize) {
            this(
                    full,
                    windowed,
                    window,
                    recurrent,
                    recurrentBytes,
                    keyValueHeads,
                    headSize,
                    keyValueHeads * headSize);
        }
    }

    /// A mixture of experts.
    ///
    /// @param count in each layer
    /// @param active asked for each token
    public record Experts(int count, int active) {
        /// The share of a layer's experts that a step of so many sequences reads when each picks
        /// its own at random.
        public double share(int streams) {
            return 1 - Math.pow(1 - (double) active / count, streams);
        }
    }

    /// A file's size that somebody published.
    ///
    /// @param bytes its size, as exact as it was shown
    /// @param shown the words that it was published in
    /// @param by who published it
    public record Published(long bytes, String shown, String by) {
        /// Stands in the place of a publisher where the user says it.
        public static final String GIVEN = "given";

        /// As a figure, with where it comes from.
        Figure figure() {
            return by.startsWith(GIVEN)
                    ? new Figure((double) bytes, Figure.Origin.GIVEN, by)
                    : Figure.published((double) bytes, shown + ", " + by);
        }

        /// Whether it was shown with three digits or more: fewer are worse than a computed size.
        public boolean precise() {
            return shown.replaceAll("[^0-9]", "").replaceFirst("^0+", "").length() >= 3;
        }
    }

    /// The name under which Ollama hands it out, where it does.
    public Optional<String> tag() {
        return names.stream().filter(name -> !name.contains("/")).findFirst();
    }

    /// Whether a token passes through some of its parameters only.
    public boolean mixture() {
        return experts != null || (active != null && !active.equals(parameters));
    }

    /// The context to plan with: what is asked, but no more than the model was made for.
    public int contextFor(int asked) {
        return context == null ? asked : Math.min(asked, context);
    }
}
