package dev.tierwise.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Looks for canaries in files, whatever their format: byte by byte, in ASCII.
final class DiskLook {
    /// Files are read in pieces that overlap, so that nothing is missed between two.
    private static final int PIECE = 8 << 20;

    private static final int OVERLAP = 1 << 10;

    private final List<String> values;
    private int files;

    /// @param values identifiers to look for beside the marks
    DiskLook(List<String> values) {
        this.values = List.copyOf(values);
    }

    /// How many files were looked through.
    int files() {
        return files;
    }

    /// The files below `folder` that hold something of a canary.
    List<String> below(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        var found = new ArrayList<String>();
        for (Path file : all) {
            files++;
            if (holds(file)) {
                found.add(folder.relativize(file).toString());
            }
        }
        return found;
    }

    private boolean holds(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] kept = new byte[0];
            while (true) {
                byte[] read = in.readNBytes(PIECE);
                if (read.length == 0) {
                    return false;
                }
                byte[] piece = new byte[kept.length + read.length];
                System.arraycopy(kept, 0, piece, 0, kept.length);
                System.arraycopy(read, 0, piece, kept.length, read.length);
                String text = new String(piece, StandardCharsets.ISO_8859_1);
                if (text.contains(Canary.PREFIX) || values.stream().anyMatch(text::contains)) {
                    return true;
                }
                int from = Math.max(0, piece.length - OVERLAP);
                kept = java.util.Arrays.copyOfRange(piece, from, piece.length);
            }
        }
    }
}
