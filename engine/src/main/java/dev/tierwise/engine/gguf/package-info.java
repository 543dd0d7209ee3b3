/// Files of models in the GGUF format: read with suspicion, mapped, never copied to the heap; and
/// written.
@NullMarked
package dev.tierwise.engine.gguf;

import org.jspecify.annotations.NullMarked;
