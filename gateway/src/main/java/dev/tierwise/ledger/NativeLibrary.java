package dev.tierwise.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, unpacked once into a folder beside the ledger. Left alone, the driver
/// unpacks it into the folder for temporary files at every start, compares it byte by byte, and
/// leaves it there for good when the process is killed.
final class NativeLibrary {
    private static final String PATH_PROPERTY = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /// Makes the driver load the library from `folder`, where that can be; where not, the driver
    /// falls back to its own way.
    ///
    /// @param unpack whether to unpack it where it is missing
    static synchronized void from(Path folder, boolean unpack) {
        if (System.getProperty(PATH_PROPERTY) != null) {
            return;
        }
        Path home = folder.resolve(".sqlite-" + SQLiteJDBCLoader.getVersion()).toAbsolutePath();
        Path library = home.resolve(LibraryLoaderUtil.getNativeLibName());
        try {
            if (Files.exists(library) || (unpack && unpacked(home, library))) {
                System.setProperty(PATH_PROPERTY, home.toString());
            }
        } catch (IOException _) {
            // A folder that takes no file: opening the ledger will say so, if it matters.
        }
    }

    // Several processes may do this at once, and any of them may die: each copies under a name of
    // its own, brings the copy to the disk, and only then gives it its name.
    private static boolean unpacked(Path home, Path library) throws IOException {
        String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
        try (InputStream bytes = NativeLibrary.class.getResourceAsStream(packed)) {
            if (bytes == null) {
                return false;
            }
            Private.folder(home);
            Path part = Files.createTempFile(home, "library", ".part");
            try {
                Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel copy = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    copy.force(true);
                }
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return true;
        }
    }
}
