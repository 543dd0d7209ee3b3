/// Models that run in this process, on the built-in engine.
@NullMarked
package dev.tierwise.call.engine;

import org.jspecify.annotations.NullMarked;
