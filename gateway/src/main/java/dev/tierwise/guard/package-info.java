/// Which models may see a prompt. Closed on any doubt.
@NullMarked
package dev.tierwise.guard;

import org.jspecify.annotations.NullMarked;
