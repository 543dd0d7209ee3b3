/// Replays real models' results through the router and the cascade, and says what it is worth.
@NullMarked
package dev.tierwise.evaluate;

import org.jspecify.annotations.NullMarked;
