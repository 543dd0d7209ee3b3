/// One file, `tierwise.yaml`, read into checked records. What is wrong with it is told all at once,
/// each fault with its line and how to mend it. May read the file and the secrets it points to.
@NullMarked
package dev.tierwise.config;

import org.jspecify.annotations.NullMarked;
