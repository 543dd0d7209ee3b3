/// Anthropic's Messages dialect: https://docs.claude.com/en/api/messages (read 2026-11).
@NullMarked
package dev.tierwise.wire.anthropic;

import org.jspecify.annotations.NullMarked;
