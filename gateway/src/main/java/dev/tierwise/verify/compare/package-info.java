/// What two models' answers to one question say about each other.
@NullMarked
package dev.tierwise.verify.compare;

import org.jspecify.annotations.NullMarked;
