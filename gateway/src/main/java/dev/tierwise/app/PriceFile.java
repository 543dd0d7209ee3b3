package dev.tierwise.app;

import dev.tierwise.catalogue.OwnPrices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The file with prices of the user's own.
///
/// @param path where it is, whether it exists or not
record PriceFile(Path path) {
    private static final System.Logger LOG = System.getLogger("tierwise.prices");

    /// That of this user.
    static PriceFile of(Folders folders) {
        return new PriceFile(folders.data().resolve("prices.tsv"));
    }

    /// Reads it; none where it is not there.
    OwnPrices.Made read() {
        try {
            return switch (OwnPrices.read(Files.readString(path))) {
                case OwnPrices.Made.Bad(String problem) ->
                        new OwnPrices.Made.Bad(
                                path + ", " + problem + ". Mend the line or delete it");
                case OwnPrices.Made.Good good -> good;
            };
        } catch (NoSuchFileException _) {
            return new OwnPrices.Made.Good(OwnPrices.NONE);
        } catch (IOException e) {
            return new OwnPrices.Made.Bad(
                    path + " cannot be read (" + e.getMessage() + "). Let this user read it");
        }
    }

    /// Its prices; none, and a warning, where it is damaged.
    OwnPrices orNone() {
        return switch (read()) {
            case OwnPrices.Made.Good(OwnPrices prices) -> prices;
            case OwnPrices.Made.Bad(String problem) -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "your own prices are left out, those of the catalogue hold: {0}",
                        problem);
                yield OwnPrices.NONE;
            }
        };
    }

    /// Writes it anew; the old file stays where that fails.
    void write(OwnPrices prices) throws IOException {
        LocalOnlyFile.writePrivately(path, prices.text().getBytes(StandardCharsets.UTF_8));
    }
}
