/// Transformers: weights, caches of keys and values, adapters, and the step from tokens to logits.
@NullMarked
package dev.tierwise.engine.model;

import org.jspecify.annotations.NullMarked;
