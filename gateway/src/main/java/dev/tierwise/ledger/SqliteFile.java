package dev.tierwise.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// One ledger file in SQLite and how to connect to it.
///
/// @param path where it is
record SqliteFile(Path path) {
    private static final int LOCK_WAIT_MILLIS = 5_000;
    private static final int LOG_KEPT_BYTES = 16 * 1024 * 1024;

    /// A connection that writes, to tables of the newest version, made where they are missing.
    Link writer() {
        try {
            Private.folder(folder());
            NativeLibrary.from(folder(), true);
            Private.file(path);
        } catch (IOException e) {
            return new Link.Down(
                    "The ledger "
                            + path
                            + " cannot be made ("
                            + e
                            + "). Let this user write there, or configure another place for the"
                            + " ledger.");
        }
        return connect(writing(), true);
    }

    /// A connection that only reads.
    Link reader() {
        NativeLibrary.from(folder(), false);
        return connect(reading(), false);
    }

    /// What tells the file now at the path from one that was there before; null when there is none
    /// or the system does not tell.
    @Nullable Object identity() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            return null;
        }
    }

    private Link connect(SQLiteConfig settings, boolean mayMigrate) {
        try {
            Connection connection = settings.createConnection(url());
            Optional<String> wrong = ready(connection, mayMigrate);
            if (wrong.isPresent()) {
                connection.close();
                return new Link.Down(wrong.get());
            }
            return new Link.Up(connection);
        } catch (SQLException e) {
            return new Link.Down(Complaint.of(path, e));
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            return new Link.Down(
                    "SQLite's native library cannot be loaded ("
                            + e.getMessage()
                            + "). Let this user write to the folder of the ledger "
                            + path
                            + " or to "
                            + System.getProperty("java.io.tmpdir")
                            + ", on a disk that lets programs run.");
        }
    }

    private Optional<String> ready(Connection connection, boolean mayMigrate) throws SQLException {
        int version = Schema.version(connection);
        if (version < Schema.NEWEST) {
            return mayMigrate
                    ? Schema.bringUp(path, url())
                    : Optional.of(
                            "The ledger "
                                    + path
                                    + " has no tables of this version yet. Start `tw serve` once;"
                                    + " it brings them up to date.");
        }
        return Schema.newer(path, version);
    }

    private Path folder() {
        return path.toAbsolutePath().resolveSibling(".").normalize();
    }

    private String url() {
        return "jdbc:sqlite:" + path.toAbsolutePath();
    }

    private static SQLiteConfig writing() {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // The driver begins the next transaction at once after a commit. Deferred, that takes no
        // lock
        // until the first row comes; immediate, it would keep every other process out for good.
        settings.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        settings.setJournalSizeLimit(LOG_KEPT_BYTES);
        settings.setBusyTimeout(LOCK_WAIT_MILLIS);
        return settings;
    }

    private static SQLiteConfig reading() {
        var settings = new SQLiteConfig();
        settings.resetOpenMode(SQLiteOpenMode.CREATE);
        settings.setReadOnly(true);
        settings.setBusyTimeout(LOCK_WAIT_MILLIS);
        return settings;
    }
}
