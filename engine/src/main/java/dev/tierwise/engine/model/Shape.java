package dev.tierwise.engine.model;

/// The sizes and constants of a transformer, as its file states them.
///
/// @param family its kind
/// @param layers blocks of attention and feed-forward
/// @param width numbers that a token is in the model
/// @param heads heads of the queries
/// @param keyHeads heads of keys and values; several query heads share one
/// @param headSize numbers of one head
/// @param hidden numbers within the feed-forward
/// @param context positions that the model was trained for
/// @param vocabulary tokens
/// @param epsilon added under the root of the norms
/// @param window positions that a windowed layer sees; 0 for all
/// @param rope rotary positions
/// @param attentionCap scores of attention are bent to stay below it; 0 for not
/// @param logitCap logits are bent to stay below it; 0 for not
record Shape(
        Family family,
        int layers,
        int width,
        int heads,
        int keyHeads,
        int headSize,
        int hidden,
        int context,
        int vocabulary,
        float epsilon,
        int window,
        Rotation rope,
        float attentionCap,
        float logitCap) {
    /// Rotary positions (Su et al. 2021, RoFormer).
    ///
    /// @param size numbers of a head that are turned
    /// @param base the base of the angles' geometric row
    /// @param localBase the base in windowed layers
    /// @param stretch positions are divided by it; 1 for not
    /// @param strength what is turned is multiplied by it
    /// @param trained positions that the model was first trained for, before it was stretched
    record Rotation(
            int size, double base, double localBase, double stretch, float strength, int trained) {}

    /// Numbers of all query heads together.
    int queries() {
        return heads * headSize;
    }

    /// Numbers of all key heads together.
    int keys() {
        return keyHeads * headSize;
    }
}
