package dev.tierwise.engine.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Tokens that one step of a model takes in together, of one sequence or of several. For one
/// thread; used again for every step.
public final class Batch {
    final KvCache[] caches;
    final @Nullable LoraAdapter[] adapters;
    final float[] scales;
    final int[] tokens;
    final int[] positions;

    /// For each token the place of its logits, or -1.
    final int[] places;

    private int size;
    private int wanted;

    /// @param capacity tokens at most
    public Batch(int capacity) {
        caches = new KvCache[capacity];
        adapters = new LoraAdapter[capacity];
        scales = new float[capacity];
        tokens = new int[capacity];
        positions = new int[capacity];
        places = new int[capacity];
    }

    /// Forgets all tokens.
    public void clear() {
        Arrays.fill(caches, 0, size, null);
        Arrays.fill(adapters, 0, size, null);
        size = 0;
        wanted = 0;
    }

    /// Adds a token after those that `cache` holds and those added to it before.
    ///
    /// @param wanted whether the logits after it are wanted
    /// @return the place of its logits, counted from 0; -1 where they are not wanted
    public int add(KvCache cache, int token, boolean wanted) {
        return add(cache, token, wanted, null, 0);
    }

    /// As the other `add`, with an adapter's part `scale` times.
    public int add(
            KvCache cache, int token, boolean wanted, @Nullable LoraAdapter adapter, float scale) {
        int position = cache.length();
        if (position >= cache.positions()) {
            throw new IllegalStateException("the cache is full");
        }
        cache.grow(1);
        caches[size] = cache;
        adapters[size] = adapter;
        scales[size] = scale;
        tokens[size] = token;
        positions[size] = position;
        places[size] = wanted ? this.wanted++ : -1;
        return places[size++];
    }

    /// Tokens in it.
    public int size() {
        return size;
    }

    /// Tokens that it can hold.
    public int capacity() {
        return tokens.length;
    }

    /// How many of them want logits.
    public int wanted() {
        return wanted;
    }

    boolean adapted() {
        for (int i = 0; i < size; i++) {
            if (adapters[i] != null) {
                return true;
            }
        }
        return false;
    }
}
