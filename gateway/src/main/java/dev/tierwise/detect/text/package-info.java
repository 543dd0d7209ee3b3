/// Makes text plain: undoes encodings, look-alikes and other disguises, and tables of words.
@NullMarked
package dev.tierwise.detect.text;

import org.jspecify.annotations.NullMarked;
