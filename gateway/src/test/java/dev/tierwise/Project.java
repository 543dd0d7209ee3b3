package dev.tierwise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the gates find the project's files.
final class Project {
    /// The root of the checkout: tests run in a module's folder.
    static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("").normalize();

    /// The product's class files: those of the gateway and those of the engine within it.
    static final List<Path> CLASSES =
            List.of(ROOT.resolve("gateway/target/classes"), ROOT.resolve("engine/target/classes"));

    /// The product's sources.
    static final Path SOURCES = ROOT.resolve("gateway/src/main/java");

    private Project() {}

    /// All files below `folder` whose name ends with `ending`, sorted, without what a build made.
    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .filter(file -> !isMade(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isMade(Path file) {
        for (var name : file) {
            if (name.toString().matches("target|node_modules|\\..*")) {
                return true;
            }
        }
        return false;
    }
}
