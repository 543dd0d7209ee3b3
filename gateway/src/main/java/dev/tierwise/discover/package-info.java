/// Finds models without any configuration: servers on this machine, and keys of hosted APIs in the
/// environment.
@NullMarked
package dev.tierwise.discover;

import org.jspecify.annotations.NullMarked;
