package dev.tierwise.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of a trail.
///
/// @param folder where they are
record Segments(Path folder) {
    private static final Pattern NAME = Pattern.compile("([0-9]{6,9})\\.jsonl");

    Path segment(int number) {
        return folder.resolve("%06d.jsonl".formatted(number));
    }

    Path checkpoints() {
        return folder.resolve("checkpoints.jsonl");
    }

    Path pruned() {
        return folder.resolve("pruned.jsonl");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /// The numbers of the segments, lowest first.
    List<Integer> numbers() throws IOException {
        var found = new TreeMap<Integer, Path>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    int number = Integer.parseInt(name.group(1));
                    if (number > 0 && segment(number).equals(file)) {
                        found.put(number, file);
                    }
                }
            }
        }
        return List.copyOf(found.keySet());
    }

    /// The last whole statement about dropped segments; null when there is none.
    @Nullable Statement statement() throws IOException {
        if (!Files.exists(pruned())) {
            return null;
        }
        List<String> lines = Files.readAllLines(pruned(), StandardCharsets.ISO_8859_1);
        for (String line : lines.reversed()) {
            Statement statement = Statement.read(line);
            if (statement != null) {
                return statement;
            }
        }
        return null;
    }
}
