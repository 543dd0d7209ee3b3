package dev.tierwise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table below the heading `## Packages`: package, purpose, may import, outside world.
record PackageTable(Map<String, Set<String>> allowed, Map<String, Set<Outside>> outside) {
    private static final String ALL = "all";

    /// Reads the table from a Markdown file.
    static PackageTable read(Path file) {
        var rows = rows(file);
        var packages = new TreeSet<String>();
        rows.forEach(row -> packages.add(word(row[1])));
        var allowed = new TreeMap<String, Set<String>>();
        var outside = new TreeMap<String, Set<Outside>>();
        for (var row : rows) {
            var imports = words(row[3]);
            if (imports.remove(ALL)) {
                imports.addAll(packages);
            }
            imports.remove(word(row[1]));
            allowed.put(word(row[1]), imports);
            outside.put(
                    word(row[1]),
                    words(row[4]).stream().map(Outside::named).collect(Collectors.toSet()));
        }
        return new PackageTable(allowed, outside);
    }

    /// The packages that the table names.
    Set<String> packages() {
        return allowed.keySet();
    }

    /// One sentence for each use that the table does not allow, sorted.
    List<String> violations(PackageUse use) {
        return Stream.concat(wrongImports(use), wrongOutside(use)).sorted().toList();
    }

    private Stream<String> wrongImports(PackageUse use) {
        return use.imports().entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream()
                                .filter(other -> !isAllowed(entry.getKey(), other))
                                .map(other -> entry.getKey() + " uses " + other))
                .map(what -> what + ", which the table does not allow");
    }

    private boolean isAllowed(String importer, String imported) {
        return allowed.getOrDefault(importer, Set.of()).contains(imported);
    }

    private Stream<String> wrongOutside(PackageUse use) {
        return use.names().entrySet().stream()
                .flatMap(entry ->
                        Arrays.stream(Outside.values())
                                .filter(kind -> !mayTouch(entry.getKey(), kind))
                                .flatMap(kind ->
                                        entry.getValue().stream()
                                                .filter(kind::isTouchedBy)
                                                .map(kind::sentence))
                                .map(sentence -> entry.getKey() + " " + sentence));
    }

    private boolean mayTouch(String name, Outside kind) {
        return outside.getOrDefault(name, Set.of()).contains(kind);
    }

    private static List<String[]> rows(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .dropWhile(line -> !line.equals("## Packages"))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\|", -1))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String word(String cell) {
        return cell.replace("`", "").strip();
    }

    /// The words of a cell; a dash or `none` is no word.
    private static Set<String> words(String cell) {
        return Arrays.stream(word(cell).split("[ ,]+"))
                .filter(word -> !word.isEmpty() && !word.equals("–") && !word.equals("none"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
