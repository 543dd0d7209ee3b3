package dev.tierwise.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Takes a file of this machine into the store: by a hard link where both lie on one disk, so that
/// it takes no room, else as a copy.
///
/// @param space what is free on the disk
/// @param progress is told how it goes on
record Import(Pull.FreeSpace space, Progress progress) {
    private static final int BUFFER = 1 << 20;

    /// What taking it came to.
    sealed interface Result {
        record Done(String sha256, long bytes) implements Result {}

        record Failed(String message) implements Result {}
    }

    Result take(Path file, Path place) throws IOException {
        Files.deleteIfExists(place);
        long size = Files.size(file);
        if (!isGguf(file)) {
            return new Result.Failed(file + " is no GGUF file: it does not begin with GGUF");
        }
        boolean linked = link(file, place);
        long free = space.bytes(place.resolveSibling(""));
        if (!linked && free < size) {
            return new Result.Failed(Receiving.noRoom(place.resolveSibling(""), size, free));
        }
        try (FileChannel from = FileChannel.open(linked ? place : file)) {
            return new Result.Done(copy(from, linked ? null : place, size), size);
        }
    }

    private static boolean isGguf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(4);
            return channel.read(head) == 4 && head.getInt(0) == 0x47475546;
        }
    }

    private static boolean link(Path file, Path place) {
        try {
            Files.createLink(place, file.toRealPath());
            return true;
        } catch (IOException | UnsupportedOperationException _) {
            return false; // another disk, or one without links
        }
    }

    /// Reads all of it for its digest, and writes it to `place` unless that is null.
    private String copy(FileChannel from, @Nullable Path place, long size) throws IOException {
        MessageDigest digest = Store.sha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        long done = 0;
        try (FileChannel to =
                place == null
                        ? null
                        : FileChannel.open(
                                place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (from.read(buffer.clear()) > 0) {
                buffer.flip();
                done += buffer.remaining();
                digest.update(buffer.duplicate());
                while (to != null && buffer.hasRemaining()) {
                    to.write(buffer);
                }
                progress.at(done, size);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
