package dev.tierwise.engine.math;

import java.util.function.IntConsumer;

/// Threads that share the work of one step.
public interface Workers {
    /// Runs `part` for 0 … `parts` − 1, each once, in any order and on any thread of the team, and
    /// returns when all are done. One caller at a time.
    void run(int parts, IntConsumer part);

    /// How many threads work at once, the caller included.
    int size();

    /// The caller alone.
    static Workers alone() {
        return Alone.CALLER;
    }

    /// No other threads.
    enum Alone implements Workers {
        /// The caller.
        CALLER;

        @Override
        public void run(int parts, IntConsumer part) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
