/// What a model said, in words.
@NullMarked
package dev.tierwise.core.reply;

import org.jspecify.annotations.NullMarked;
