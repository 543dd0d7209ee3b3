package dev.tierwise.fit;

/// A model as somebody wants it loaded.
///
/// @param model which
/// @param quantisation of its weights
/// @param context tokens that one request may have, prompt and answer together
/// @param slots requests served at once, each with a context of its own
/// @param cache how keys and values are kept
public record Load(
        ModelShape model, Quantisation quantisation, int context, int slots, KvCache.Type cache) {
    private static final int USUAL_CONTEXT = 8192;

    public Load {
        if (context < 1 || slots < 1) {
            throw new IllegalArgumentException(
                    "a context of "
                            + context
                            + " tokens in "
                            + slots
                            + " slots: both must be 1 or more");
        }
    }

    /// In its usual quantisation, for one request of up to 8,192 tokens, the cache in F16.
    public static Load usual(ModelShape model) {
        return new Load(model, model.usual(), model.contextFor(USUAL_CONTEXT), 1, KvCache.Type.F16);
    }

    /// The same with another context.
    public Load withContext(int other) {
        return new Load(model, quantisation, other, slots, cache);
    }

    /// The same with other slots.
    public Load withSlots(int other) {
        return new Load(model, quantisation, context, other, cache);
    }

    /// The same in another quantisation.
    public Load withQuantisation(Quantisation other) {
        return new Load(model, other, context, slots, cache);
    }
}
