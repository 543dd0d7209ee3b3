/// The inbound door: routes, keys, limits, streaming out. The only code that listens.
@NullMarked
package dev.tierwise.api;

import org.jspecify.annotations.NullMarked;
