/// Which models fit a machine, and how fast they would be: file sizes, caches and speeds computed
/// from the shapes of models and the figures of machines. Pure but for reading its own tables.
/// Formulas, their checks and their errors: docs/decisions/0022-fit.md.
@NullMarked
package dev.tierwise.fit;

import org.jspecify.annotations.NullMarked;
