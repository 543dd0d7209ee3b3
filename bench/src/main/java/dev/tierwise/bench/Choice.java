package dev.tierwise.bench;

import java.util.Locale;

/// What `./tw bench` can be told to do.
final class Choice {
    private Choice() {}

    /// The parts of the page.
    enum Topic {
        JSON,
        STREAM,
        STARTUP,
        STAGES,
        SOAK,
        ENGINE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What stands beside the direct way.
    enum Rival {
        NGINX,
        RELAY,
        TIERWISE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
