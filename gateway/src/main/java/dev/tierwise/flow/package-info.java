/// The path of one request, on one screen.
@NullMarked
package dev.tierwise.flow;

import org.jspecify.annotations.NullMarked;
