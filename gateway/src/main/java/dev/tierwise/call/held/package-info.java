/// Answers that nobody sees before they are looked at.
@NullMarked
package dev.tierwise.call.held;

import org.jspecify.annotations.NullMarked;
