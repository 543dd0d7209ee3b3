/// Bytes to core and back. One folder a dialect; here is what dialects share.
@NullMarked
package dev.tierwise.wire;

import org.jspecify.annotations.NullMarked;
