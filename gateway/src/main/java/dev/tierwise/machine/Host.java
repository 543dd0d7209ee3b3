package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Processor and main memory, as far as this process may use them.
///
/// @param processor its name; empty when unknown
/// @param memory in bytes
/// @param available of it, in bytes
/// @param reclaimable of what is available, in bytes
/// @param cores 0 when unknown
/// @param notes what could not be read
record Host(
        String processor,
        @Nullable Figure memory,
        @Nullable Figure available,
        @Nullable Figure reclaimable,
        int cores,
        List<String> notes) {
    /// Where the processor computes models.
    Device device(@Nullable Figure bandwidth) {
        return new Device(
                processor.isEmpty() ? "processor" : processor,
                Device.Kind.CPU,
                memory,
                Budget.processor(available, memory),
                bandwidth);
    }
}
