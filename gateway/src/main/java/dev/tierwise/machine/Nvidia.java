package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cards and chips of NVIDIA, by `nvidia-smi`. Each card is a device of its own; their memories are
/// not added up, because a model spans cards only where its server splits it.
///
/// A chip that shares the main memory, such as the GB10 of a DGX Spark, has `[N/A]` for its memory;
/// then the main memory counts. Two signs tell it: its name, and the addressing mode `ATS`.
final class Nvidia {
    /// The name comes last, because it may hold a comma.
    private static final List<String> FIELDS =
            List.of("memory.total", "memory.free", "driver_version", "addressing_mode", "name");

    private static final String MODE = "addressing_mode";
    private static final String SOURCE = "nvidia-smi";

    private Nvidia() {}

    /// One line of its answer.
    record Card(String name, @Nullable Figure total, @Nullable Figure free, String mode) {
        boolean shares() {
            return total == null && (Words.within(Words.plain(name), "gb10") || mode.equals("ATS"));
        }
    }

    /// What it said.
    ///
    /// @param trouble what went wrong; empty when nothing did, or there is no such tool
    record Answer(List<Card> cards, String trouble) {}

    static Answer read(Recorder probes) {
        Probes.Reading reading = ask(probes, FIELDS);
        List<String> fields = FIELDS;
        if (reading instanceof Probes.Reading.Said(int status, String text)
                && status != 0
                && text.contains(MODE)) {
            fields = FIELDS.stream().filter(field -> !field.equals(MODE)).toList();
            reading = ask(probes, fields);
        }
        return switch (reading) {
            case Probes.Reading.Absent _ -> new Answer(List.of(), absent(probes));
            case Probes.Reading.Late(var after) ->
                    new Answer(
                            List.of(),
                            "nvidia-smi did not answer within "
                                    + after.toMillis()
                                    + " ms; run it by hand to see whether the driver hangs");
            case Probes.Reading.Said(int status, String text) -> answer(status, text, fields);
        };
    }

    private static Probes.Reading ask(Recorder probes, List<String> fields) {
        return probes.run(
                "nvidia-smi",
                "--query-gpu=" + String.join(",", fields),
                "--format=csv,noheader,nounits");
    }

    /// A card without its tool: in a container that was not given it, or with another driver.
    private static String absent(Recorder probes) {
        if (!probes.list("/proc/driver/nvidia/gpus").isEmpty()) {
            return "the driver of an NVIDIA card runs, but there is no nvidia-smi to ask (a container"
                    + " needs `--gpus all`)";
        }
        return Drm.cards(probes, "0x10de").isEmpty()
                ? ""
                : "there is an NVIDIA card, but no nvidia-smi to ask: NVIDIA's own driver has it";
    }

    private static Answer answer(int status, String text, List<String> fields) {
        List<Card> cards = status == 0 ? cards(text, fields) : List.of();
        if (!cards.isEmpty()) {
            return new Answer(cards, "");
        }
        return new Answer(
                cards,
                "nvidia-smi is there but names no card (exit "
                        + status
                        + "): `"
                        + Readings.firstLine(text)
                        + "`; where driver and library differ, load the driver anew or start the"
                        + " machine again");
    }

    /// Reads the lines that are whole; others are passed over.
    static List<Card> cards(String text, List<String> fields) {
        var cards = new ArrayList<Card>();
        for (String line : text.lines().toList()) {
            String[] cells = line.split(",", fields.size());
            if (cells.length < fields.size() || cells[cells.length - 1].isBlank()) {
                continue;
            }
            int mode = fields.indexOf(MODE);
            cards.add(
                    new Card(
                            cells[cells.length - 1].strip(),
                            Readings.figure(cells[0], Size.MIB, SOURCE + " memory.total"),
                            Readings.figure(cells[1], Size.MIB, SOURCE + " memory.free"),
                            mode < 0 ? "" : cells[mode].strip()));
        }
        return cards;
    }

    /// Reads an answer of a new nvidia-smi, which knows all fields.
    static List<Card> cards(String text) {
        return cards(text, FIELDS);
    }

    /// The cards as devices of a machine.
    static void describe(Answer answer, Host host, Part part) {
        if (!answer.trouble().isEmpty()) {
            part.noteByHand(answer.trouble());
        }
        for (Card card : answer.cards()) {
            if (card.shares()) {
                Figure budget =
                        Budget.shared(
                                Budget.usualLimit(host.memory()), host.available(), host.memory());
                part.add(card.name(), Device.Kind.UNIFIED, host.memory(), budget);
                part.note(
                        card.name()
                                + " shares the main memory: total and free are those of /proc/meminfo,"
                                + " because nvidia-smi does not know them");
                continue;
            }
            part.add(card.name(), Device.Kind.DISCRETE, card.total(), Budget.card(card.free()));
            if (card.total() == null || card.free() == null) {
                part.noteByHand("nvidia-smi does not say the memory of " + card.name());
            }
        }
    }
}
