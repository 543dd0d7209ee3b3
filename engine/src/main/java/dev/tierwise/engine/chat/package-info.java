/// Conversations to text: the templates that come with models.
@NullMarked
package dev.tierwise.engine.chat;

import org.jspecify.annotations.NullMarked;
