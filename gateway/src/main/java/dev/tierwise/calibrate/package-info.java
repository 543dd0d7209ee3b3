/// Thresholds with guarantees, shares held on a stream, calibrated probabilities, drift. Pure
/// mathematics: nothing here knows what a request is.
@NullMarked
package dev.tierwise.calibrate;

import org.jspecify.annotations.NullMarked;
