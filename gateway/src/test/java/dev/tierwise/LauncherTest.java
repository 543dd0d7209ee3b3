package dev.tierwise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher `tw` in a folder with spaces, with a JDK and a Maven that only say what they
/// were asked to do.
class LauncherTest {
    private static final String JAVA =
            """
            #!/bin/sh
            for word; do
                case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac
            done
            printf '%s\\n' "$0" "$@"
            """;
    private static final String MAVEN =
            """
            #!/bin/sh
            case "$*" in *-v) echo 'Apache Maven 3.8.7'; exit 0 ;; esac
            echo "$JAVA_HOME $*" >>maven.calls
            mkdir -p gateway/target/dist.next/lib
            echo jar >gateway/target/dist.next/lib/gateway.jar
            """;

    @TempDir private Path temporary;
    private Path root;
    private Path jdks;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(temporary.resolve("a clone"));
        jdks = Files.createDirectories(temporary.resolve("home/.jdks"));
        Files.copy(Project.ROOT.resolve("tw"), root.resolve("tw"));
        for (var source : List.of("pom.xml", "gateway/pom.xml", "fakes/pom.xml")) {
            Files.createDirectories(root.resolve(source).resolveSibling("src/main"));
            Files.writeString(root.resolve(source), "<project/>");
        }
        script(temporary.resolve("bin/mvn"), MAVEN);
        jdk("25.0.3");
    }

    @Test
    void helpNeedsNeitherJdkNorMaven() throws Exception {
        var help = run(Map.of("PATH", "/usr/bin:/bin"));

        assertThat(help.status()).isZero();
        assertThat(help.output()).contains("./tw COMMAND").contains("--without-node");
        assertThat(calls()).isEmpty();
    }

    @Test
    void commandsOfTheProductReachItsMainUnchanged() throws Exception {
        var started = run(Map.of(), "report", "--since", "two days ago");

        assertThat(started.status()).isZero();
        assertThat(started.output())
                .endsWith("dev.tierwise.app.Main\nreport\n--since\ntwo days ago\n")
                .contains(
                        "-XX:AOTCache=" + root.toRealPath() + "/gateway/target/dist/tierwise.aot");
    }

    @Test
    void secondStartDoesNotBuild() throws Exception {
        run(Map.of(), "serve");
        var second = run(Map.of(), "serve");

        assertThat(second.output()).doesNotContain("tw: ").contains("dev.tierwise.app.Main");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void newerSourceIsBuilt() throws Exception {
        run(Map.of(), "serve");
        var later = FileTime.from(Instant.now().plusSeconds(5));

        Files.setLastModifiedTime(root.resolve("gateway/pom.xml"), later);
        run(Map.of(), "serve");

        assertThat(calls()).hasSize(2);
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        var starts = new ArrayList<Process>();
        for (int i = 0; i < 5; i++) {
            starts.add(start(Map.of(), List.of("serve")));
        }

        for (var start : starts) {
            assertThat(finish(start).output()).endsWith("dev.tierwise.app.Main\nserve\n");
        }
        assertThat(calls()).hasSize(1);
    }

    @Test
    void lockOfADeadProcessIsBroken() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(root.resolve("target"));
        Files.createSymbolicLink(root.resolve("target/tw.lock"), Path.of("" + dead.pid()));

        var started = run(Map.of(), "serve");

        assertThat(started.output()).endsWith("serve\n");
        assertThat(root.resolve("target")).isDirectoryNotContaining("glob:**/tw.lock*");
    }

    @Test
    void worksThroughASymbolicLinkFromElsewhere() throws Exception {
        var link = Files.createSymbolicLink(temporary.resolve("bin/tierwise"), root.resolve("tw"));

        var process = process(Map.of(), List.of(link.toString(), "doctor"));

        assertThat(finish(process.start()).output()).endsWith("dev.tierwise.app.Main\ndoctor\n");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void explicitJdkWinsAndAnOldOneIsPassedOver() throws Exception {
        var chosen = run(Map.of("JAVA_HOME", jdk("27.0.1").toString()), "serve");
        var old = run(Map.of("JAVA_HOME", jdk("17.0.9").toString()), "serve");

        assertThat(chosen.output()).contains("27.0.1/bin/java\n");
        assertThat(old.output()).doesNotContain("17.0.9/bin/java\n");
    }

    @Test
    void mavenItselfRunsOnTheJdk() throws Exception {
        var home = jdk("25.0.4");

        run(Map.of("JAVA_HOME", home.toString()), "serve");

        assertThat(calls()).singleElement().asString().startsWith(home + " -B ");
    }

    @Test
    void earlyUpdateOf25IsUsedWithAWarning() throws Exception {
        var early = jdk("25.0.1");

        var started = run(Map.of("JAVA_HOME", early.toString()), "serve");

        assertThat(started.output()).contains("warning: JDK 25.0.1").contains("/bin/java\n");
    }

    @Test
    void collectorOfTheUserReplacesOurs() throws Exception {
        var started = run(Map.of("TIERWISE_JAVA_OPTS", "-Xmx1g -XX:+UseG1GC"), "serve");

        assertThat(started.output())
                .contains("-Xmx1g\n-XX:+UseG1GC\n")
                .doesNotContain("-XX:+UseSerialGC");
    }

    private Path jdk(String version) throws IOException {
        var home = jdks.resolve(version);
        script(home.resolve("bin/java"), JAVA);
        script(home.resolve("bin/javac"), JAVA);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> calls() throws IOException {
        var log = root.resolve("maven.calls");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return finish(start(environment, List.of(arguments)));
    }

    private Process start(Map<String, String> environment, List<String> arguments)
            throws IOException {
        var command = new ArrayList<>(List.of("sh", root.resolve("tw").toString()));
        command.addAll(arguments);
        return process(environment, command).start();
    }

    private ProcessBuilder process(Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(temporary.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", temporary.resolve("home").toString());
        builder.environment().put("JAVA_HOME", jdks.resolve("25.0.3").toString());
        builder.environment().put("PATH", temporary.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().putAll(environment);
        return builder;
    }

    private static Ended finish(Process process) throws IOException, InterruptedException {
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int status, String output) {}
}
