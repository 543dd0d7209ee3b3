package dev.tierwise.prove;

import dev.tierwise.detect.Recogniser;
import java.nio.file.Path;

/// The gateway that is put to the test.
public interface Subject extends AutoCloseable {
    /// Where it listens, on loopback.
    int port();

    /// Turns the switch that keeps everything here.
    void localOnly(boolean on);

    /// Reads its configuration anew while requests are under way.
    void reload();

    @Override
    void close();

    /// Starts one.
    interface Maker {
        /// Starts it.
        ///
        /// @param stage what it is to work with
        /// @throws IllegalStateException with the reason when it does not start
        Subject start(Stage stage);
    }

    /// What a gateway under test works with.
    ///
    /// @param folder where it is to keep all its files
    /// @param near the port of the upstream that counts as this machine
    /// @param far the port of the upstream that does not
    /// @param partner the port of the upstream that may see regulated data under pseudonyms
    /// @param trouble goes into its detector, to make it fail on demand
    record Stage(Path folder, int near, int far, int partner, Recogniser trouble) {}
}
