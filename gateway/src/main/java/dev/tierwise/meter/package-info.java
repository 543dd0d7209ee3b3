/// Counters and timers, in the names that monitoring tools know.
@NullMarked
package dev.tierwise.meter;

import org.jspecify.annotations.NullMarked;
