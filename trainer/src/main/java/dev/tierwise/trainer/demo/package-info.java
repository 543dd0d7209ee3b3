/// The demonstration model: its data, its training, its gate and its measurement.
@NullMarked
package dev.tierwise.trainer.demo;

import org.jspecify.annotations.NullMarked;
