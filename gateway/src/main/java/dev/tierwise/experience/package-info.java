/// What the user's own traffic has taught: corrections of what was foretold, rows for guarantees,
/// alarms of drift; kept in versions, each of which can be gone back to.
@NullMarked
package dev.tierwise.experience;

import org.jspecify.annotations.NullMarked;
