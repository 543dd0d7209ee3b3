/// Ollama's native chat dialect: https://github.com/ollama/ollama/blob/main/docs/api.md (read
/// 2026-08).
@NullMarked
package dev.tierwise.wire.ollama;

import org.jspecify.annotations.NullMarked;
