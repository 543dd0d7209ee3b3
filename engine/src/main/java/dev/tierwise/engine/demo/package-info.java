/// What belongs to the demonstration model alone: how far one of its answers can be trusted.
@NullMarked
package dev.tierwise.engine.demo;

import org.jspecify.annotations.NullMarked;
