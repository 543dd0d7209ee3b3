/// Identifiers replaced by tokens before a request leaves, and put back in its answer. Pure but for
/// the randomness of tokens and keys.
@NullMarked
package dev.tierwise.veil;

import org.jspecify.annotations.NullMarked;
