/// One way to ask a model, with retry, breaker and limits around it.
@NullMarked
package dev.tierwise.call;

import org.jspecify.annotations.NullMarked;
