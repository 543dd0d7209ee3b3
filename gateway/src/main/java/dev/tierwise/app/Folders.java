package dev.tierwise.app;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the product keeps things (XDG Base Directory Specification 0.8).
///
/// @param data what must be kept, such as the ledger
record Folders(Path data) {
    /// The folders of this user.
    static Folders of(Function<String, @Nullable String> environment) {
        String home = environment.apply("HOME");
        Path base =
                Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
        String data = environment.apply("XDG_DATA_HOME");
        // the specification: a path that is not absolute is to be ignored
        Path kept =
                data == null || !Path.of(data).isAbsolute()
                        ? base.resolve(".local/share")
                        : Path.of(data);
        return new Folders(kept.resolve("tierwise"));
    }

    Path ledger() {
        return data.resolve("ledger.db");
    }

    /// Where what was learned from requests is: beside their ledger.
    static Path router(Path ledger) {
        return ledger.toAbsolutePath().resolveSibling("router");
    }

    /// Where pulled models are.
    Path models() {
        return data.resolve("models");
    }

    /// Where the audit trail is.
    Path audit() {
        return data.resolve("audit");
    }

    /// The copy of the audit trail's newest checkpoint, outside its folder.
    Path auditWitness() {
        return data.resolve("audit.checkpoint");
    }
}
