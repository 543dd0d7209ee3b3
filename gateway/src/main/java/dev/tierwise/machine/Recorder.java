package dev.tierwise.machine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Asks for one detection: keeps what was asked and what came of it, and sees that all programs
/// together end in time. Can be used by many threads at once.
final class Recorder {
    private final Probes probes;
    private final long until;
    private final Map<String, Raw.Entry> entries = new TreeMap<>();

    /// @param probes what is asked
    /// @param atMost how long all programs may take, from now on
    Recorder(Probes probes, Duration atMost) {
        this.probes = probes;
        this.until = System.nanoTime() + atMost.toNanos();
    }

    Probes.Reading run(String... command) {
        long left = Math.max(0, until - System.nanoTime());
        Probes.Reading reading = probes.run(List.of(command), Duration.ofNanos(left));
        String asked = "$ " + String.join(" ", command);
        switch (reading) {
            case Probes.Reading.Said(int status, String text) ->
                    keep(asked, "exit " + status, text);
            case Probes.Reading.Absent _ -> keep(asked, "not found", "");
            case Probes.Reading.Late(Duration after) ->
                    keep(asked, "stopped after " + after.toMillis() + " ms", "");
        }
        return reading;
    }

    Optional<String> read(String file) {
        Optional<String> text = probes.read(file);
        keep("< " + file, text.isPresent() ? "read" : "not found", text.orElse(""));
        return text;
    }

    List<String> list(String folder) {
        List<String> names = probes.list(folder);
        keep("% " + folder, "read", String.join("\n", names));
        return names;
    }

    String system() {
        return probes.system();
    }

    private synchronized void keep(String asked, String outcome, String text) {
        entries.put(asked, new Raw.Entry(asked, outcome, text));
    }

    synchronized Raw raw() {
        return new Raw(probes.system(), List.copyOf(entries.values()));
    }
}
