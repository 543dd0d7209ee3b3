/// Language models made by tests: real files, random weights.
@NullMarked
package dev.tierwise.fakes.model;

import org.jspecify.annotations.NullMarked;
