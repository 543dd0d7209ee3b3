/// Small models that are fitted in seconds and asked in microseconds: ridge and logistic
/// regressions, forests. Pure mathematics, no disk.
@NullMarked
package dev.tierwise.learn;

import org.jspecify.annotations.NullMarked;
