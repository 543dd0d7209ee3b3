/// Black-box tests: the product runs as a process of its own and real clients talk to it.
@NullMarked
package dev.tierwise.e2e;

import org.jspecify.annotations.NullMarked;
