package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine as far as it is known.
///
/// @param name in words for people
/// @param devices where models can be computed, the fastest first; a processor is always among them
/// @param memory the main memory that this machine, or the container around us, has, in bytes; null
///   when unknown
/// @param available of it, what can be had without swapping, in bytes; null when unknown
/// @param reclaimable of what is available, what caches of files hold now and give back when asked,
///   in bytes; null when unknown
/// @param cores processors that may be used; 0 when unknown
/// @param notes what a reader should know: what could not be read and why
public record Machine(
        String name,
        List<Device> devices,
        @Nullable Figure memory,
        @Nullable Figure available,
        @Nullable Figure reclaimable,
        int cores,
        List<String> notes) {
    public Machine {
        devices = List.copyOf(devices);
        notes = List.copyOf(notes);
    }

    /// A machine of whose caches nothing is known.
    public Machine(
            String name,
            List<Device> devices,
            @Nullable Figure memory,
            @Nullable Figure available,
            int cores,
            List<String> notes) {
        this(name, devices, memory, available, null, cores, notes);
    }
}
