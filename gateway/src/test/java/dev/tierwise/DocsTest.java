package dev.tierwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeps the written word complete: comments on what is public, packages that say what they are,
/// decisions in order, links that lead somewhere.
class DocsTest {
    private static final Set<String> EMPTY_NAMES =
            Set.of("util", "utils", "common", "impl", "internal", "helper", "helpers", "misc");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("([a-z]+:|#).*");

    @TempDir private Path folder;

    @Test
    void everythingPublicIsExplained() {
        assertThat(unexplained(Project.SOURCES)).isEmpty();
    }

    @Test
    void missingCommentIsSeen() throws IOException {
        var text =
                """
                /// Told.
                public interface A {
                    void untold();

                    /// Told.
                    record Inner() {
                        public Inner { }

                        @Override
                        public String toString() { return ""; }

                        void hidden() {}
                    }

                    /** Old form. */
                    class Old {}
                }
                class B { public void alsoHidden() {} }
                """;
        Files.writeString(folder.resolve("A.java"), text);

        assertThat(unexplained(folder)).containsExactly("A.java: untold", "A.java: Old");
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (var name : packageFolders()) {
            var file = Project.ROOT.resolve(name).resolve("package-info.java");
            assertThat(file).exists().content().startsWith("/// ").contains("@NullMarked\n");
        }
    }

    @Test
    void noPackageHasAnEmptyName() throws IOException {
        for (var name : packageFolders()) {
            for (var part : name) {
                assertThat(EMPTY_NAMES).as("%s", name).doesNotContain(part.toString());
            }
        }
    }

    @Test
    void decisionsAreNumberedWithoutGaps() throws IOException {
        try (Stream<Path> files = Files.list(Project.ROOT.resolve("docs/decisions"))) {
            var numbers =
                    files.map(file -> file.getFileName().toString())
                            .map(name -> name.replaceFirst("^(\\d{4})-[a-z0-9-]+\\.md$", "$1"))
                            .sorted()
                            .toList();
            var expected =
                    IntStream.rangeClosed(1, numbers.size()).mapToObj("%04d"::formatted).toList();
            assertThat(numbers).isEqualTo(expected);
        }
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        assertThat(deadLinks(Project.ROOT)).isEmpty();
    }

    @Test
    void deadLinkIsSeen() throws IOException {
        Files.writeString(folder.resolve("b c.md"), "see");
        Files.writeString(
                folder.resolve("a.md"),
                "[web](https://example.org) [here](#top) [b](b%20c.md#part) [gone](gone.md)");

        assertThat(deadLinks(folder)).containsExactly("a.md: gone.md");
    }

    private static List<String> unexplained(Path folder) {
        return Source.below(folder).stream()
                .flatMap(source ->
                        source.pieces().stream()
                                .filter(piece -> piece.apparent() && !piece.told())
                                .map(source::place))
                .toList();
    }

    private static List<String> deadLinks(Path folder) throws IOException {
        var dead = new ArrayList<String>();
        for (var file : Project.files(folder, ".md")) {
            LINK.matcher(Files.readString(file))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !ELSEWHERE.matcher(link).matches())
                    .filter(link -> !Files.exists(file.resolveSibling(target(link))))
                    .forEach(link -> dead.add(folder.relativize(file) + ": " + link));
        }
        return dead;
    }

    private static String target(String link) {
        return link.replaceFirst("#.*", "").replace("%20", " ");
    }

    /// The folders of all modules that hold product or helper code, relative to the root.
    private static List<Path> packageFolders() {
        return Project.files(Project.ROOT, ".java").stream()
                .map(file -> Project.ROOT.relativize(file.resolveSibling("")))
                .filter(folder -> folder.toString().contains("src/main/java"))
                .distinct()
                .toList();
    }
}
