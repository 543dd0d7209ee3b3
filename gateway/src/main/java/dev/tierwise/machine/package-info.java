/// The machine that models run on: what it has, read with the tools of its platform, or as somebody
/// describes one that he does not own. A figure that nobody could tell is missing, never invented.
@NullMarked
package dev.tierwise.machine;

import org.jspecify.annotations.NullMarked;
