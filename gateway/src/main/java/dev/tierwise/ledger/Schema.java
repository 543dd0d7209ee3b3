package dev.tierwise.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The tables of the ledger and their versions. Flyway is asked only when a file is behind: reading
/// its history costs a query, loading Flyway a good part of a second.
final class Schema {
    /// The newest version, which is the number of the last file in the folder `migration`.
    static final int NEWEST = 2;

    static final String MIGRATIONS = "dev/tierwise/ledger/migration";

    // Held, because the logging system forgets the level of a logger that nobody holds.
    private static final Logger FLYWAY_LOG = Logger.getLogger("org.flywaydb");

    private Schema() {}

    /// The version of the tables behind `connection`; 0 when there are none.
    static int version(Connection connection) throws SQLException {
        String there = "SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'";
        String newest =
                "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success = 1";
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(there)) {
                if (!rows.next()) {
                    return 0;
                }
            }
            try (ResultSet rows = statement.executeQuery(newest)) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /// Why tables of `version` in `file` cannot be used by this program, if so.
    static Optional<String> newer(Path file, int version) {
        return version <= NEWEST
                ? Optional.empty()
                : Optional.of(
                        "The ledger %s was written by a newer Tierwise (schema %d, this one knows %d). Start that version, or configure another place for the ledger."
                                .formatted(file, version, NEWEST));
    }

    /// Brings the tables in `file` to the newest version.
    ///
    /// @param url the database as JDBC names it
    /// @return what went wrong and how to mend it, if so
    static synchronized Optional<String> bringUp(Path file, String url) {
        Path guard = file.resolveSibling(file.getFileName() + ".migrating");
        // Of two processes that start on the same file, one makes the tables and the other waits.
        try (FileChannel channel =
                        FileChannel.open(
                                guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            migrate(url);
            // Who waits for it will find nothing left to do, so the file has served.
            Files.deleteIfExists(guard);
            return Optional.empty();
        } catch (FlywayException e) {
            return Optional.of(
                    "The tables of the ledger "
                            + file
                            + " could not be made. If the file belongs to another program,"
                            + " configure another place for the ledger. Flyway says: "
                            + firstLine(e));
        } catch (IOException e) {
            return Optional.of(
                    "The ledger's folder cannot be written ("
                            + e
                            + "). Let this user write there, or configure another place for the"
                            + " ledger.");
        }
    }

    private static void migrate(String url) {
        FLYWAY_LOG.setLevel(Level.WARNING);
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:" + MIGRATIONS)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static String firstLine(FlywayException fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("nothing");
    }
}
