/// The stages of a request one by one, without network: nanoseconds and bytes allocated.
@NullMarked
package dev.tierwise.bench.micro;

import org.jspecify.annotations.NullMarked;
