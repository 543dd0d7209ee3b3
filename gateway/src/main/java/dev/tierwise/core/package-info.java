/// The words of Tierwise: values only, no disk, no network, no log.
@NullMarked
package dev.tierwise.core;

import org.jspecify.annotations.NullMarked;
