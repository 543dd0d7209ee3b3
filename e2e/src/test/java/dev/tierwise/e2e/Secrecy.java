package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Looks for words that must not be written down.
final class Secrecy {
    private Secrecy() {}

    /// Neither what the gateway said nor any file that it wrote has these words.
    static void assertNowhere(GatewayProcess gateway, String words) {
        assertThat(gateway.stderr()).doesNotContain(words);
        try (var all = Files.walk(gateway.home().folder().resolve("data"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String bytes = read(file);
                assertThat(bytes.contains(words)).as("%s tells", file.getFileName()).isFalse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is in a file of a gateway that may be running: one that it has just exchanged for
    /// another is empty.
    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            return "";
        }
    }
}
