/// Finds keys, tokens, passwords.
@NullMarked
package dev.tierwise.detect.secrets;

import org.jspecify.annotations.NullMarked;
