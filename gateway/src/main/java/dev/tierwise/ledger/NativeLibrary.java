package dev.tierwise.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
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
        URL packed = packed();
        if (packed == null || System.getProperty(PATH_PROPERTY) != null) {
            return;
        }
        Path home = folder.resolve(".sqlite-" + SQLiteJDBCLoader.getVersion()).toAbsolutePath();
        try {
            Path library = home.resolve(LibraryLoaderUtil.getNativeLibName());
            URLConnection source = packed.openConnection();
            source.setUseCaches(false);
            try (InputStream bytes = source.getInputStream()) {
                // A copy cut short by a loss of power must not be loaded.
                boolean whole = sizeOf(library) == source.getContentLengthLong();
                if (!whole && unpack) {
                    copy(bytes, home, library);
                }
                if (whole || unpack) {
                    System.setProperty(PATH_PROPERTY, home.toString());
                }
            }
        } catch (IOException _) {
            // A folder that takes no file: opening the ledger will say so, if it matters.
        }
    }

    private static @Nullable URL packed() {
        return NativeLibrary.class.getResource(
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + "/"
                        + LibraryLoaderUtil.getNativeLibName());
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : -1;
    }

    // Several processes may do this at once: each copies under a name of its own, then renames.
    private static void copy(InputStream bytes, Path home, Path library) throws IOException {
        Private.folder(home);
        Path part = Files.createTempFile(home, "library", ".part");
        try {
            Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
