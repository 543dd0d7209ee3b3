/// The gates: tests that hold the whole code base to what its documents say.
@NullMarked
package dev.tierwise;

import org.jspecify.annotations.NullMarked;
