/// The servers of this machine and its network that load models: what they have on disk and in
/// memory, loading and unloading, and who gets which model next.
@NullMarked
package dev.tierwise.call.runtime;

import org.jspecify.annotations.NullMarked;
