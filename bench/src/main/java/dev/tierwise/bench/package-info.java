/// Measures what the gateway costs, against no gateway, nginx and a bare Netty relay.
@NullMarked
package dev.tierwise.bench;

import org.jspecify.annotations.NullMarked;
