/// Judges an answer before it is accepted: cheap checks, cheapest first, chosen by the kind of
/// task. Pure: no disk, no network, no log; every scan is linear and bounded, whatever the answer
/// holds.
@NullMarked
package dev.tierwise.verify;

import org.jspecify.annotations.NullMarked;
