package dev.tierwise;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeps files, methods and packages small enough to read: all Java files of all modules.
class SizeTest {
    private static final int LINES_OF_A_FILE = 500;
    private static final int LINES_OF_A_METHOD = 60;
    private static final int PUBLIC_TYPES_OF_A_PACKAGE = 12;

    @TempDir private Path folder;

    @Test
    void everythingIsSmall() {
        assertThat(tooBig(Source.below(Project.ROOT))).isEmpty();
    }

    @Test
    void longFileIsSeen() throws IOException {
        write("A.java", "class A {}\n" + "//\n".repeat(LINES_OF_A_FILE));

        assertThat(tooBig(Source.below(folder))).containsExactly("A.java has 501 lines");
    }

    @Test
    void longMethodIsSeenButNotOneAtTheLimit() throws IOException {
        write("A.java", "class A {\nvoid fits() {" + "\n".repeat(59) + "}\n}");
        write("B.java", "class B {\nvoid long_() {" + "\n".repeat(60) + "}\n}");

        assertThat(tooBig(Source.below(folder))).containsExactly("B.java: long_ has 61 lines");
    }

    @Test
    void crowdedPackageIsSeen() throws IOException {
        for (int i = 0; i <= PUBLIC_TYPES_OF_A_PACKAGE; i++) {
            write("T" + i + ".java", "package crowd; public interface T%d {}".formatted(i));
        }

        assertThat(tooBig(Source.below(folder))).containsExactly("crowd has 13 public types");
    }

    private static List<String> tooBig(List<Source> sources) {
        var files =
                sources.stream()
                        .filter(source -> source.lines() > LINES_OF_A_FILE)
                        .map(source -> source.file() + " has " + source.lines() + " lines");
        var methods =
                sources.stream()
                        .flatMap(source ->
                                source.pieces().stream()
                                        .filter(piece -> !piece.type())
                                        .filter(it -> it.lines() > LINES_OF_A_METHOD)
                                        .map(it -> source.place(it) + lines(it.lines())));
        return Stream.concat(Stream.concat(files, methods), crowds(sources)).sorted().toList();
    }

    private static String lines(int count) {
        return " has " + count + " lines";
    }

    /// A package counts once, however many modules it lies in.
    private static Stream<String> crowds(List<Source> sources) {
        return sources.stream()
                .flatMap(source ->
                        source.pieces().stream()
                                .filter(piece -> piece.top() && piece.apparent())
                                .map(_ -> source.packageName()))
                .collect(groupingBy(name -> name, counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > PUBLIC_TYPES_OF_A_PACKAGE)
                .map(entry -> entry.getKey() + " has " + entry.getValue() + " public types");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
