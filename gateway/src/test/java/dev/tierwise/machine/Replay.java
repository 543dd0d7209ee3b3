package dev.tierwise.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Answers as a machine did of which there is a text such as `./tw doctor --raw` prints. What was
/// not asked there is not there.
final class Replay implements Probes {
    private final String system;
    private final Map<String, Raw.Entry> entries = new HashMap<>();

    Replay(String text) {
        List<String> lines = text.lines().toList();
        system = lines.getFirst().substring("system: ".length());
        for (int i = 1; i + 1 < lines.size(); i++) {
            if (lines.get(i + 1).startsWith("= ")) {
                String asked = lines.get(i);
                String outcome = lines.get(i + 1).substring(2);
                var said = new StringBuilder();
                for (i += 2; i < lines.size() && lines.get(i).startsWith("| "); i++) {
                    said.append(lines.get(i).substring(2)).append('\n');
                }
                entries.put(asked, new Raw.Entry(asked, outcome, said.toString()));
            }
        }
    }

    /// The machine that is kept under this name among the test resources.
    static Replay of(String platform) {
        try (InputStream in = Replay.class.getResourceAsStream(platform + "/raw.txt")) {
            byte[] bytes = Objects.requireNonNull(in, platform).readAllBytes();
            return new Replay(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reading run(List<String> command, Duration atMost) {
        Raw.Entry entry = entries.get("$ " + String.join(" ", command));
        if (entry == null || entry.outcome().equals("not found")) {
            return new Reading.Absent();
        }
        return entry.outcome().startsWith("exit ")
                ? new Reading.Said(Integer.parseInt(entry.outcome().substring(5)), entry.text())
                : new Reading.Late(Duration.ofSeconds(2));
    }

    @Override
    public Optional<String> read(String file) {
        return Optional.ofNullable(entries.get("< " + file))
                .filter(entry -> entry.outcome().equals("read"))
                .map(Raw.Entry::text);
    }

    @Override
    public List<String> list(String folder) {
        Raw.Entry entry = entries.get("% " + folder);
        return entry == null ? List.of() : entry.text().lines().toList();
    }

    @Override
    public String system() {
        return system;
    }
}
