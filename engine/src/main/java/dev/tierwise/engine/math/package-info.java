/// Matrices of weights as GGUF files store them, and their products with vectors: the Vector API
/// where the machine has it, plain loops where not.
@NullMarked
package dev.tierwise.engine.math;

import org.jspecify.annotations.NullMarked;
