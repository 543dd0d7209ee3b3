/// The training run of the build: lets the JVM store what a serving gateway loads and links.
@NullMarked
package dev.tierwise.fakes.training;

import org.jspecify.annotations.NullMarked;
