/// Finds identifiers by form, check digit and the words around them.
@NullMarked
package dev.tierwise.detect.ids;

import org.jspecify.annotations.NullMarked;
