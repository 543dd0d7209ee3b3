/// Composition root and command line: sees all, wires by constructors.
@NullMarked
package dev.tierwise.app;

import org.jspecify.annotations.NullMarked;
