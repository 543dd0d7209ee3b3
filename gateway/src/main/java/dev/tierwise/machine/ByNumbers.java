package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts numbers that somebody typed in the place of a machine's figures.
final class ByNumbers {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");
    private static final long MOST_CORES = 1 << 16;

    private ByNumbers() {}

    static Described over(Machine machine, Described.Numbers numbers) {
        var problems = new ArrayList<String>();
        Figure memory = size("--memory", numbers.memory(), problems);
        Figure ram = size("--ram", numbers.ram(), problems);
        Figure bandwidth = bandwidth(numbers.bandwidth(), problems);
        int cores = cores(numbers.cores(), machine.cores(), problems);
        if (!problems.isEmpty()) {
            return new Described.Unclear(String.join("; ", problems), List.of());
        }
        var devices = new ArrayList<>(machine.devices());
        if (ram != null) {
            devices.replaceAll(
                    device -> device.kind() == Device.Kind.CPU ? main(device, ram) : device);
        }
        if (memory != null && devices.getFirst().kind() == Device.Kind.CPU) {
            devices.addFirst(
                    new Device(
                            "card", Device.Kind.DISCRETE, memory, Budget.card(memory), bandwidth));
        } else {
            devices.set(0, with(devices.getFirst(), memory, bandwidth));
        }
        return new Described.Known(
                new Machine(
                        machine.name(),
                        devices,
                        ram == null ? machine.memory() : ram,
                        ram == null ? machine.available() : ram,
                        machine.reclaimable(),
                        cores,
                        open(machine.notes(), numbers)));
    }

    /// Notes name the options that mend what they tell; those that were given have been heeded.
    private static List<String> open(List<String> notes, Described.Numbers numbers) {
        return notes.stream()
                .filter(note -> numbers.memory() == null || !note.contains("--memory"))
                .filter(note ->
                        numbers.bandwidth() == null || !note.contains("say it with --bandw"))
                .filter(note -> numbers.ram() == null || !note.contains("--ram"))
                .toList();
    }

    private static Device main(Device processor, Figure ram) {
        return new Device(
                processor.name(),
                processor.kind(),
                ram,
                Budget.processor(ram, ram),
                processor.bandwidth());
    }

    private static Device with(Device device, @Nullable Figure memory, @Nullable Figure bandwidth) {
        return new Device(
                device.name(),
                device.kind(),
                memory == null ? device.memory() : memory,
                memory == null ? device.budget() : budget(device.kind(), memory),
                bandwidth == null ? device.bandwidth() : bandwidth);
    }

    private static @Nullable Figure budget(Device.Kind kind, Figure memory) {
        return switch (kind) {
            case DISCRETE -> Budget.card(memory);
            case UNIFIED -> Budget.shared(Budget.usualLimit(memory), memory, memory);
            case CPU -> Budget.processor(memory, memory);
        };
    }

    private static @Nullable Figure size(
            String option, @Nullable String text, List<String> problems) {
        if (text == null) {
            return null;
        }
        OptionalLong bytes = Size.parse(text);
        if (bytes.isEmpty()) {
            problems.add(
                    option + " is `" + shortened(text) + "`, but a size is said as 24G or 512M");
            return null;
        }
        return Figure.given((double) bytes.getAsLong());
    }

    private static @Nullable Figure bandwidth(@Nullable String text, List<String> problems) {
        if (text == null) {
            return null;
        }
        if (!DECIMAL.matcher(text.strip()).matches() || Double.parseDouble(text.strip()) == 0) {
            problems.add(
                    "--bandwidth is `"
                            + shortened(text)
                            + "`, but it is said as a number of GB/s, such as 400");
            return null;
        }
        return Figure.given(Double.parseDouble(text.strip()) * 1e9);
    }

    private static int cores(@Nullable String text, int otherwise, List<String> problems) {
        if (text == null) {
            return otherwise;
        }
        long cores = Readings.whole(text).orElse(0);
        if (cores < 1 || cores > MOST_CORES) {
            problems.add(
                    "--cores is `" + shortened(text) + "`, but it is said as a number, such as 8");
            return otherwise;
        }
        return (int) cores;
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
