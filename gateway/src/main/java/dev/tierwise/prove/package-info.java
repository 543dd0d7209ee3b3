/// The self-test of the way out: sends unique canaries through a gateway, in every position and
/// disguise and under faults, to upstreams that record what reaches them, and looks for the
/// canaries in every byte that left and every byte on disk.
@NullMarked
package dev.tierwise.prove;

import org.jspecify.annotations.NullMarked;
