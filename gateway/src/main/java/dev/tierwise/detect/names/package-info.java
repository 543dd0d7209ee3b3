/// People and places, by lists and by the words around them. Reads its lists once.
@NullMarked
package dev.tierwise.detect.names;

import org.jspecify.annotations.NullMarked;
