package dev.tierwise.trainer.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Sentence frames written by hand, from the files beside this class.
///
/// A line `== name` starts a list, each later line is one frame. In a frame `[a|b|]` is a choice
/// (it may be empty and may be nested) and `{name}` is a frame of another list. A list whose name
/// starts with `+` holds several short entries a line, parted by `;`.
final class Phrases {
    private static final int HELD_OF = 9;

    private final Map<String, List<String>> all = new HashMap<>();
    private final Map<String, List<String>> trained = new HashMap<>();
    private final Map<String, List<String>> held = new HashMap<>();

    Phrases(List<String> files) {
        files.forEach(this::read);
        all.forEach((name, frames) -> {
            trained.put(name, frames.stream().filter(f -> !isHeld(f)).toList());
            held.put(name, frames.stream().filter(Phrases::isHeld).toList());
        });
    }

    private static boolean isHeld(String frame) {
        return Math.floorMod(frame.hashCode() * 31 + 7, HELD_OF) == 0;
    }

    private void read(String file) {
        try (InputStream in = Phrases.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource is named " + file);
            }
            List<String> now = new ArrayList<>();
            boolean entries = false;
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("== ")) {
                    entries = line.startsWith("== +");
                    now =
                            all.computeIfAbsent(
                                    line.substring(entries ? 4 : 3).strip(),
                                    _ -> new ArrayList<>());
                } else if (entries) {
                    for (String entry : List.of(line.split(";", -1))) {
                        if (!entry.isBlank()) {
                            now.add(entry.strip());
                        }
                    }
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    now.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String list) {
        return all.containsKey(list);
    }

    int size(String list) {
        return all.getOrDefault(list, List.of()).size();
    }

    /// Says one entry of any kind.
    String say(String list, Random random) {
        return expand(pick(all, list, random), random);
    }

    /// Says one frame, only one kept out of training or only one that is not.
    String frame(String list, boolean heldOut, Random random) {
        return expand(pick(heldOut ? held : trained, list, random), random);
    }

    private static String pick(Map<String, List<String>> from, String list, Random random) {
        List<String> frames = from.get(list);
        if (frames == null || frames.isEmpty()) {
            throw new IllegalStateException("no frames are named " + list);
        }
        return frames.get(random.nextInt(frames.size()));
    }

    String expand(String frame, Random random) {
        var out = new StringBuilder();
        expand(frame, 0, random, out);
        return out.toString().replaceAll(" {2,}", " ").replaceAll(" ([,.!?;])", "$1").strip();
    }

    /// Expands up to the end of the choice or of the frame; returns where it stopped.
    private int expand(String frame, int from, Random random, StringBuilder out) {
        var options = new ArrayList<StringBuilder>();
        var now = new StringBuilder();
        int i = from;
        boolean inside = from > 0;
        while (i < frame.length()) {
            char c = frame.charAt(i);
            if (c == '[') {
                i = expand(frame, i + 1, random, now);
            } else if (c == '{') {
                int close = frame.indexOf('}', i);
                String name = frame.substring(i + 1, close);
                now.append(has(name) ? say(name, random) : "{" + name + "}");
                i = close;
            } else if (c == '|' && inside) {
                options.add(now);
                now = new StringBuilder();
            } else if (c == ']' && inside) {
                break;
            } else {
                now.append(c);
            }
            i++;
        }
        options.add(now);
        out.append(options.get(random.nextInt(options.size())));
        return i;
    }
}
