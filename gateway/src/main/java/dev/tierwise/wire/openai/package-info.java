/// The OpenAI chat dialect: https://platform.openai.com/docs/api-reference/chat (read 2026-11).
@NullMarked
package dev.tierwise.wire.openai;

import org.jspecify.annotations.NullMarked;
