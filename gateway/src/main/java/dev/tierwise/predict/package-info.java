/// Foretells how likely each model is to answer a prompt well, and how good an answer is.
@NullMarked
package dev.tierwise.predict;

import org.jspecify.annotations.NullMarked;
