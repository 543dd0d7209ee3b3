/// Many requests on one model: batches, slots, sampling, prefixes kept, and the end of a request
/// whose client has left.
@NullMarked
package dev.tierwise.engine.run;

import org.jspecify.annotations.NullMarked;
