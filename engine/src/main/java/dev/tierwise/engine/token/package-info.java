/// Text to tokens and back, as a GGUF file states it.
@NullMarked
package dev.tierwise.engine.token;

import org.jspecify.annotations.NullMarked;
