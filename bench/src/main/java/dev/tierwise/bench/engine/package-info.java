/// Measures the built-in engine: tokens for each second of one thread's processor time.
@NullMarked
package dev.tierwise.bench.engine;

import org.jspecify.annotations.NullMarked;
