package dev.tierwise.config;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatchTest {
    @TempDir Path folder;
    private Path file;
    private ConfigWatch watch;
    private final List<Reading> told = new ArrayList<>();

    @BeforeEach
    void watchesSoundFile() throws IOException {
        file = Files.writeString(folder.resolve("tierwise.yaml"), "quality: 0.1\n");
        watch = new ConfigWatch(file, _ -> null, read(), told::add);
        lookUntilStill();
    }

    private Reading read() {
        return ConfigFile.read(file, _ -> null);
    }

    private void lookUntilStill() {
        watch.look();
        watch.look();
        watch.look();
    }

    @Test
    void untouchedFileIsNotTold() {
        lookUntilStill();

        assertThat(told).isEmpty();
    }

    @Test
    void changedFileIsToldOnce() throws IOException {
        Files.writeString(file, "quality: 0.25\n");

        lookUntilStill();
        lookUntilStill();

        assertThat(told).containsExactly(read());
        assertThat(((Reading.Loaded) told.getFirst()).config().quality()).isEqualTo(0.25);
    }

    @Test
    void fileReplacedByRenameIsTold() throws IOException {
        Path draft = Files.writeString(folder.resolve("draft"), "quality: 0.2\n");
        Files.setLastModifiedTime(draft, Files.getLastModifiedTime(file));
        Files.move(draft, file, REPLACE_EXISTING);

        lookUntilStill();

        assertThat(told).containsExactly(read());
    }

    @Test
    void fileBehindTurnedLinkIsTold() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "quality: 0.75\n");
        Files.delete(file);
        Files.createSymbolicLink(file, other);

        lookUntilStill();

        assertThat(told).containsExactly(read());
    }

    @Test
    void fileStillBeingWrittenIsLeftAlone() throws IOException {
        Files.writeString(file, "quality: 0.3\nserv");
        watch.look();
        Files.writeString(file, "quality: 0.3\nserver: {por");
        watch.look();
        Files.writeString(file, "quality: 0.3\nserver: {port: 1}\n");
        lookUntilStill();

        assertThat(told).containsExactly(read());
        assertThat(told.getFirst()).isInstanceOf(Reading.Loaded.class);
    }

    @Test
    void badFileIsToldOnceAndItsMendingToo() throws IOException {
        Files.writeString(file, "qualty: 1\n");
        lookUntilStill();
        Files.writeString(file, "qualty: 1\n# saved again\n");
        lookUntilStill();
        Reading bad = read();
        Files.writeString(file, "quality: 0.1\n");
        lookUntilStill();

        assertThat(bad).isInstanceOf(Reading.Invalid.class);
        assertThat(told).containsExactly(bad, read());
    }

    @Test
    void deletedFileIsTold() throws IOException {
        Files.delete(file);

        lookUntilStill();

        assertThat(told).containsExactly(read());
    }

    @Test
    void changedSecretIsTold() throws IOException {
        Path secret = Files.writeString(folder.resolve("ci"), "first");
        Files.writeString(file, "keys: [{name: ci, key: '${file:ci}'}]\n");
        lookUntilStill();
        Files.writeString(secret, "another\n");
        lookUntilStill();

        assertThat(told).hasSize(2).last().isEqualTo(read());
        assertThat(((Reading.Loaded) read()).config().keys().getFirst().key())
                .isEqualTo(new Secret("another"));
    }

    @Test
    void watchLooksByItself() throws Exception {
        var heard = new LinkedBlockingQueue<Reading>();
        try (var running = ConfigWatch.start(file, _ -> null, read(), heard::add)) {
            Files.writeString(file, "quality: 0.5\n");

            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(read());
            assertThat(running).isNotNull();
        }
    }
}
