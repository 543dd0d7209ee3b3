package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one reader found, while it is being put together. For one thread.
final class Part {
    private static final String BY_HAND =
            "; say what it has with --memory 24G --bandwidth 400 (GB/s)";

    private final List<Device> devices = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// Adds a note.
    void note(String note) {
        notes.add(note);
    }

    /// Adds a note that ends with how to mend it by hand.
    void noteByHand(String note) {
        notes.add(note + BY_HAND);
    }

    /// Adds a device with the bandwidth that is published for it.
    void add(String name, Device.Kind kind, @Nullable Figure memory, @Nullable Figure budget) {
        double bytes = memory == null ? 0 : memory.value();
        Optional<Figure> bandwidth = Bandwidths.of(name, bytes);
        if (bandwidth.isEmpty()) {
            notes.add(
                    "no bandwidth is published here for "
                            + name
                            + ": say it with --bandwidth 400 (GB/s; its maker's page has it)");
        }
        devices.add(new Device(name, kind, memory, budget, bandwidth.orElse(null)));
    }

    /// Whether there is a card with memory of its own.
    boolean hasCard() {
        return devices.stream().anyMatch(device -> device.kind() == Device.Kind.DISCRETE);
    }

    List<Device> devices() {
        return List.copyOf(devices);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
