package dev.tierwise.predict;

/// What a predictor sees of a prompt: its words as hashed features, and its shape as numbers. No
/// word can be read back from it.
///
/// @param words distinct hashed words, each from 0 to [#WORDS] - 1, and pairs of words, each from
///   there to [#BUCKETS] - 1
/// @param counts how often each of `words` stands there, at most 127
/// @param shape one number for each [Shape]
@SuppressWarnings("ArrayRecordComponent") // made for one request, never compared
public record Sight(int[] words, byte[] counts, double[] shape) {
    /// How many of the hashed features are words.
    public static final int WORDS = 1 << 16;

    /// How many hashed features there are.
    public static final int BUCKETS = 1 << 18;

    private static final float[] AMOUNTS = new float[128];

    static {
        for (int i = 1; i < AMOUNTS.length; i++) {
            AMOUNTS[i] = (float) (1 + StrictMath.log(i));
        }
    }

    /// How much the word at a place of [#words] counts for what the prompt is about: 1 and more,
    /// growing slowly with how often it stands there.
    float amount(int place) {
        return AMOUNTS[counts[place]];
    }

    /// [#amount] of all.
    float[] amounts() {
        float[] amounts = new float[words.length];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = amount(i);
        }
        return amounts;
    }

    @Override
    public String toString() {
        return "Sight[" + words.length + " features]";
    }
}
