package dev.tierwise.predict;

/// What a predictor sees of a prompt: its words as hashed features, and its shape as numbers. No
/// word can be read back from it.
///
/// @param words distinct hashed words and pairs of words, each from 0 to [#BUCKETS] - 1
/// @param shape one number for each [Shape]
@SuppressWarnings("ArrayRecordComponent") // made for one request, never compared
public record Sight(int[] words, double[] shape) {
    /// How many hashed features there are.
    public static final int BUCKETS = 1 << 18;

    @Override
    public String toString() {
        return "Sight[" + words.length + " features]";
    }
}
