package dev.tierwise.engine.run;

import dev.tierwise.engine.model.KvCache;
import dev.tierwise.engine.model.LoraAdapter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A place for one sequence: its tokens, of which the cache holds the first ones. It keeps what an
/// ended task left, since the next prompt may begin the same way.
final class Sequence implements AutoCloseable {
    private final KvCache cache;
    private int[] tokens;
    private int size;
    private @Nullable Task task;
    private @Nullable LoraAdapter adapter;
    private float scale;
    private long used;

    Sequence(KvCache cache) {
        this.cache = cache;
        this.tokens = new int[Math.min(cache.positions(), 1024)];
    }

    @Nullable Task task() {
        return task;
    }

    KvCache cache() {
        return cache;
    }

    /// When it was last given to a task, by a running number.
    long used() {
        return used;
    }

    /// How many tokens of its cache a task can use; its last token has to be fed in any case.
    int common(Task next) {
        if (!next.reuses() || next.adapter() != adapter || next.scale() != scale) {
            return 0;
        }
        int same = next.prompt().common(tokens, Math.min(size, cache.length()));
        return Math.min(same, next.prompt().size() - 1);
    }

    /// Gives the place to a task.
    ///
    /// @param twin a place that has more of its prompt in its cache; this one itself otherwise
    void begin(Task next, Sequence twin, long now) {
        int common = twin.common(next);
        if (twin != this && common > common(next)) {
            cache.copy(twin.cache, common);
        } else {
            common = common(next);
            cache.keep(common);
        }
        task = next;
        adapter = next.adapter();
        scale = next.scale();
        used = now;
        size = 0;
        for (int i = 0; i < next.prompt().size(); i++) {
            append(next.prompt().at(i));
        }
        next.begun(common);
    }

    /// Takes the task away; the cache stays.
    void release() {
        task = null;
        size = Math.min(size, cache.length());
    }

    /// Tokens that are to be fed yet.
    int pending() {
        return size - cache.length();
    }

    /// The token that is fed next.
    int next() {
        return tokens[cache.length()];
    }

    /// Whether one more token has room.
    boolean hasRoom() {
        return size < cache.positions();
    }

    void append(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.min(cache.positions(), size * 2));
        }
        tokens[size++] = token;
    }

    /// Forgets all but the first `count` tokens.
    void rewind(int count) {
        size = Math.min(size, count);
        cache.keep(count);
    }

    @Override
    public void close() {
        cache.close();
    }
}
