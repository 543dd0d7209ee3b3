/// Finds identifiers, secrets and regulated topics in text. In this process, in linear time.
@NullMarked
package dev.tierwise.detect;

import org.jspecify.annotations.NullMarked;
