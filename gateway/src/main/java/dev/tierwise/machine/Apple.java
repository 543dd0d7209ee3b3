package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Macs with Apple's chips: `sysctl`, `vm_stat` and `system_profiler`.
///
/// Graphics may take what `iogpu.wired_limit_mb` allows; 0 there means "the default", not "all".
final class Apple {
    private static final Pattern MODEL =
            Pattern.compile("\"sppci_model\"\\s*:\\s*\"([^\"]{1,80})\"");
    private static final Pattern PAGE = Pattern.compile("page size of (\\d{3,7}) bytes");

    private Apple() {}

    /// Processor and memory.
    ///
    /// @param limit what `iogpu.wired_limit_mb` says; null when nothing was set
    record Answer(Host host, @Nullable Figure limit) {}

    static Answer read(Recorder probes) {
        var notes = new ArrayList<String>();
        Map<String, String> values =
                Readings.pairs(
                        text(
                                probes.run(
                                        "sysctl",
                                        "hw.memsize",
                                        "machdep.cpu.brand_string",
                                        "hw.logicalcpu",
                                        "iogpu.wired_limit_mb")),
                        ':');
        String pages = text(probes.run("vm_stat"));
        Figure memory = Readings.figure(values.get("hw.memsize"), 1, "sysctl hw.memsize");
        Figure available = pages(pages, "Pages free", "Pages inactive", "Pages speculative");
        if (memory == null) {
            notes.add("sysctl does not say hw.memsize: say the memory with --memory 24G");
        } else if (available == null) {
            notes.add(
                    "vm_stat does not say what is free: say what models may take with --memory 24G");
        }
        Figure limit =
                Readings.figure(
                        values.get("iogpu.wired_limit_mb"),
                        Size.MIB,
                        "sysctl iogpu.wired_limit_mb");
        OptionalLong cores = Readings.whole(values.get("hw.logicalcpu"));
        return new Answer(
                new Host(
                        values.getOrDefault("machdep.cpu.brand_string", ""),
                        memory,
                        available,
                        pages(pages, "File-backed pages", "Pages purgeable"),
                        (int) Math.min(cores.orElse(0), 1 << 16),
                        notes),
                limit == null || limit.value() == 0 ? null : limit);
    }

    /// The graphics, as `system_profiler` has them: it takes its time, so it is asked beside.
    static String graphics(Recorder probes) {
        return text(probes.run("system_profiler", "SPDisplaysDataType", "-json"));
    }

    private static String text(Probes.Reading reading) {
        // sysctl ends with 1 where it does not know one of the names, and tells the others
        return reading instanceof Probes.Reading.Said(_, String text) ? text : "";
    }

    private static @Nullable Figure pages(String text, String... names) {
        Matcher size = PAGE.matcher(text);
        if (!size.find()) {
            return null;
        }
        Map<String, String> counts = Readings.pairs(text, ':');
        long pages = 0;
        for (String name : names) {
            OptionalLong count = Readings.whole(counts.getOrDefault(name, "").replace(".", ""));
            if (count.isEmpty()) {
                return null;
            }
            pages += count.getAsLong();
        }
        return Figure.measured(
                pages * Double.parseDouble(size.group(1)),
                "vm_stat: " + String.join(", ", List.of(names)));
    }

    /// The chip as a device. Its name is that of the graphics where the processor's is disguised,
    /// as it is for a Java that runs under Rosetta.
    static void describe(Answer answer, String graphics, Part part) {
        Host host = answer.host();
        Matcher model = MODEL.matcher(graphics);
        String name = host.processor();
        if (!isChip(name) && model.find() && isChip(model.group(1))) {
            name = model.group(1);
        }
        if (!isChip(name)) {
            part.noteByHand(
                    "this Mac has no chip of Apple's that could be read, and graphics of other makers"
                            + " are not read on a Mac");
            return;
        }
        Figure memory = host.memory();
        Figure limit = answer.limit();
        if (limit == null && memory != null) {
            limit = Budget.metalLimit(memory.value());
        }
        part.add(name, Device.Kind.UNIFIED, memory, Budget.shared(limit, host.available(), memory));
    }

    private static boolean isChip(String name) {
        return name.matches("Apple M\\d.*");
    }
}
