/// What is known beforehand: how each backend is spoken to, what each model can do and what it has
/// cost since when. Values read from resources; no network.
@NullMarked
package dev.tierwise.catalogue;

import org.jspecify.annotations.NullMarked;
