/// What speaks for a model and what against it: results that somebody measured, each with its
/// source, and the licence that it is under. Values read from resources; pure.
@NullMarked
package dev.tierwise.evidence;

import org.jspecify.annotations.NullMarked;
