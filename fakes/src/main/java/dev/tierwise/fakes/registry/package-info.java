/// A fake registry of models, for tests and demonstrations of pulling.
@NullMarked
package dev.tierwise.fakes.registry;

import org.jspecify.annotations.NullMarked;
