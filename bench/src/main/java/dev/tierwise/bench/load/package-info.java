/// The load generator: a closed loop over kept-alive connections, in its own process.
@NullMarked
package dev.tierwise.bench.load;

import org.jspecify.annotations.NullMarked;
