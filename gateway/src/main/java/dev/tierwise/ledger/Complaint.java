package dev.tierwise.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// Turns what SQLite says into what a user can do.
final class Complaint {
    private Complaint() {}

    /// What is wrong with the ledger in `file` and how to mend it.
    static String of(Path file, SQLException fault) {
        String code =
                fault instanceof SQLiteException sqlite
                        ? sqlite.getResultCode().name()
                        : "error " + fault.getErrorCode();
        return "The ledger "
                + file
                + " "
                + (code.startsWith("SQLITE_") ? meaning(code, fault) : other(code, fault));
    }

    private static String meaning(String code, SQLException fault) {
        // SQLITE_IOERR_FSYNC and its like say more than the plain code, and begin with it.
        String family = code.split("_", 3)[1];
        return switch (family) {
            case "FULL" -> "cannot grow: its disk is full. Free some space there.";
            case "READONLY", "PERM", "CANTOPEN", "AUTH" ->
                    "cannot be written. Let this user write to the file and to its folder, or"
                            + " configure another place for the ledger.";
            case "BUSY", "LOCKED" ->
                    "is locked by another process. End that process, or wait until it is done.";
            case "CORRUPT", "NOTADB" ->
                    "is damaged, or is not an SQLite database. Move it away and start again;"
                            + " `sqlite3 FILE .recover` saves what can be saved of it.";
            case "IOERR" ->
                    "cannot be reached: its disk reports an error ("
                            + code
                            + "). Check the disk and its free space.";
            default -> other(code, fault);
        };
    }

    private static String other(String code, SQLException fault) {
        return "cannot be used (" + code + ": " + fault.getMessage() + ").";
    }
}
