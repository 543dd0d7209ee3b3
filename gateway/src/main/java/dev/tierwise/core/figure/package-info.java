/// Numbers that say where they come from.
@NullMarked
package dev.tierwise.core.figure;

import org.jspecify.annotations.NullMarked;
