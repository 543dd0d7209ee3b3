/// What the gateway is held against: a mock upstream and the least that a relay can do.
@NullMarked
package dev.tierwise.bench.relay;

import org.jspecify.annotations.NullMarked;
