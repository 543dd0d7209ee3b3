package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Graphics of AMD under Linux. The driver `amdgpu` tells sizes in `/sys`, for which no tool need
/// be there; names come from the list of libdrm and from `rocm-smi`, whose sizes serve where `/sys`
/// is not to be seen.
///
/// Graphics inside a processor have a part of the main memory carved out for them, and may take
/// more through the GTT: both together are what they have.
final class Amd {
    private static final String NAMES = "/usr/share/libdrm/amdgpu.ids";
    private static final Pattern ROCM =
            Pattern.compile("GPU\\[(\\d{1,3})]\\s*:\\s*([^:]+):\\s*(.*)");
    private static final Pattern INTEGRATED =
            Pattern.compile(
                    "\\b(80[56]0s|\\d{3}m|strix halo|ryzen ai max\\+?|radeon( vega \\d+)? graphics)(?!\\S)");

    private Amd() {}

    /// One graphics chip.
    ///
    /// @param device its PCI number, such as `0x744c`; empty when unknown
    /// @param name empty when unknown
    record Chip(String device, String name, Pool carved, Pool shared) {}

    /// Some memory, in bytes.
    record Pool(@Nullable Figure total, @Nullable Figure used) {
        @Nullable Figure free() {
            return total == null || used == null
                    ? null
                    : Figure.measured(Math.max(0, total.value() - used.value()), total.source());
        }
    }

    /// What was found.
    ///
    /// @param trouble what went wrong; empty when nothing did
    record Answer(List<Chip> chips, String trouble) {}

    static Answer read(Recorder probes) {
        List<Chip> system = system(probes);
        return switch (probes.run(
                "rocm-smi", "--showproductname", "--showmeminfo", "vram", "gtt")) {
            case Probes.Reading.Absent _ -> new Answer(system, "");
            case Probes.Reading.Late(var after) ->
                    late(system, "rocm-smi did not answer within " + after.toMillis() + " ms");
            case Probes.Reading.Said(int status, String text) -> {
                List<Chip> named = tool(text);
                yield named.isEmpty()
                        ? late(
                                system,
                                "rocm-smi is there but names no card (exit "
                                        + status
                                        + "): `"
                                        + Readings.firstLine(text)
                                        + "`")
                        : new Answer(system.isEmpty() ? named : named(system, named), "");
            }
        };
    }

    /// A tool that fails is no trouble where the system has told the sizes.
    private static Answer late(List<Chip> system, String trouble) {
        return new Answer(system, system.isEmpty() ? trouble : "");
    }

    /// What the driver tells.
    private static List<Chip> system(Recorder probes) {
        var chips = new ArrayList<Chip>();
        for (String folder : Drm.cards(probes, "0x1002")) {
            String device = Drm.text(probes, folder + "device");
            String name = Drm.text(probes, folder + "product_name");
            if (name.isEmpty()) {
                name = listed(probes, device, Drm.text(probes, folder + "revision"));
            }
            chips.add(
                    new Chip(
                            device,
                            name,
                            pool(probes, folder + "mem_info_vram_"),
                            pool(probes, folder + "mem_info_gtt_")));
        }
        return chips;
    }

    private static Pool pool(Recorder probes, String files) {
        String source = "amdgpu " + files.substring(files.lastIndexOf('/') + 1);
        return new Pool(
                Readings.figure(Drm.text(probes, files + "total"), 1, source + "total"),
                Readings.figure(Drm.text(probes, files + "used"), 1, source + "used"));
    }

    /// The name in libdrm's list: lines of device, revision and name, with commas between.
    private static String listed(Recorder probes, String device, String revision) {
        String key = device.replaceFirst("^0x", "") + "," + revision.replaceFirst("^0x", "") + ",";
        return probes.read(NAMES)
                .orElse("")
                .lines()
                .filter(line ->
                        line.replaceAll("\\s", "").regionMatches(true, 0, key, 0, key.length()))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .findFirst()
                .orElse("");
    }

    /// What `rocm-smi` tells, in lines `GPU[0] : Card Series: …`.
    static List<Chip> tool(String text) {
        var chips = new TreeMap<Integer, Map<String, String>>();
        for (String line : text.lines().toList()) {
            Matcher parts = ROCM.matcher(line.strip());
            if (parts.matches()) {
                chips.computeIfAbsent(Integer.parseInt(parts.group(1)), _ -> new TreeMap<>())
                        .putIfAbsent(parts.group(2).strip(), parts.group(3).strip());
            }
        }
        return chips.values().stream().map(Amd::chip).toList();
    }

    private static Chip chip(Map<String, String> values) {
        String series = values.getOrDefault("Card Series", values.getOrDefault("Card series", ""));
        String model = values.getOrDefault("Card Model", values.getOrDefault("Card model", ""));
        return new Chip(
                model.startsWith("0x") ? model : "",
                series,
                pool(values, "VRAM"),
                pool(values, "GTT"));
    }

    private static Pool pool(Map<String, String> values, String kind) {
        return new Pool(
                Readings.figure(values.get(kind + " Total Memory (B)"), 1, "rocm-smi"),
                Readings.figure(values.get(kind + " Total Used Memory (B)"), 1, "rocm-smi"));
    }

    /// Gives chips that the system left without a name that of the tool: of the same device, or of
    /// the same place where both name as many.
    private static List<Chip> named(List<Chip> system, List<Chip> tool) {
        var chips = new ArrayList<Chip>();
        for (int i = 0; i < system.size(); i++) {
            Chip chip = system.get(i);
            Chip same = system.size() == tool.size() ? tool.get(i) : null;
            String name =
                    tool.stream()
                            .filter(other -> other.device().equalsIgnoreCase(chip.device()))
                            .map(Chip::name)
                            .findFirst()
                            .orElse(same == null ? "" : same.name());
            chips.add(
                    chip.name().isEmpty()
                            ? new Chip(chip.device(), name, chip.carved(), chip.shared())
                            : chip);
        }
        return chips;
    }

    /// The chips as devices of a machine.
    static void describe(Answer answer, Host host, Part part) {
        if (!answer.trouble().isEmpty()) {
            part.noteByHand(answer.trouble());
        }
        var inside = new LinkedHashMap<Chip, String>();
        for (Chip chip : answer.chips()) {
            Figure carved = chip.carved().total();
            String name = name(chip, host, answer.chips().size() == 1);
            if (isIntegrated(name)) {
                inside.put(chip, name);
                continue;
            }
            part.add(name, Device.Kind.DISCRETE, carved, Budget.card(chip.carved().free()));
            if (carved == null || chip.carved().used() == null) {
                part.noteByHand("neither the driver nor rocm-smi says the memory of " + name);
            }
        }
        inside.forEach((chip, name) -> {
            if (part.hasCard()) {
                part.note(name + " inside the processor is left out, because there is a card");
            } else {
                integrated(chip, name, host, part);
            }
        });
    }

    private static void integrated(Chip chip, String name, Host host, Part part) {
        Figure carved = chip.carved().total();
        Figure shared = chip.shared().total();
        if (carved == null || shared == null) {
            part.add(name, Device.Kind.UNIFIED, null, null);
            part.noteByHand("the driver does not say what " + name + " may take of the memory");
            return;
        }
        Figure memory =
                Figure.measured(
                        carved.value() + shared.value(),
                        Size.words(carved.value())
                                + " carved out and "
                                + Size.words(shared.value())
                                + " GTT ("
                                + carved.source()
                                + ")");
        part.add(name, Device.Kind.UNIFIED, memory, budget(chip, host));
        part.note(
                name
                        + " shares the main memory: "
                        + Size.words(carved.value())
                        + " are carved out for it, and it may take "
                        + Size.words(shared.value())
                        + " more (GTT; the kernel's ttm.pages_limit raises it)");
    }

    /// The carve-out is no main memory, so what is free of it comes on top of what is available.
    private static @Nullable Figure budget(Chip chip, Host host) {
        Figure carved = chip.carved().free();
        Figure shared = chip.shared().free();
        Figure available = host.available();
        if (carved == null || shared == null || available == null) {
            return null;
        }
        return Budget.shared(
                Figure.measured(carved.value() + shared.value(), "carve-out and GTT that are free"),
                Figure.measured(
                        carved.value() + available.value(), "free carve-out and available memory"),
                host.memory());
    }

    /// A name for people. `Navi 31 [Radeon RX 7900 XT/7900 XTX]` stands for two cards; the one that
    /// has such a memory is meant.
    private static String name(Chip chip, Host host, boolean only) {
        String name = chip.name().replaceFirst("^.*\\[(.*)]$", "$1");
        Figure total = chip.carved().total();
        if (name.contains("/") && total != null) {
            name =
                    Products.among(name.split("/", -1), total.value())
                            .map(it -> "AMD Radeon " + it)
                            .orElse(name);
        }
        Matcher inside = Pattern.compile("w(?:ith|/) (Radeon.*)$").matcher(host.processor());
        if (name.isEmpty() && only && inside.find()) {
            name = inside.group(1);
        }
        return name.isEmpty() ? ("AMD graphics " + chip.device()).strip() : name;
    }

    private static boolean isIntegrated(String name) {
        return INTEGRATED.matcher(Words.plain(name)).find();
    }
}
