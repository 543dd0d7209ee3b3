package dev.tierwise.models;

import dev.tierwise.call.Download;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The bytes of one file on their way to the disk, with their digest. Holds one buffer; not
/// thread-safe.
final class Receiving implements Download.Receiver, AutoCloseable {
    private static final int BUFFER = 1 << 20;
    private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};

    /// How often the free space is looked at where the size is unknown.
    private static final long LOOK = 64L << 20;

    private final Source source;
    private final Path folder;
    private final Pull.FreeSpace space;
    private final Progress progress;
    private final FileChannel channel;
    private MessageDigest digest = Store.sha256();
    private long bytes;
    private long total;
    private @Nullable String validator;
    private @Nullable String linkedDigest;
    private @Nullable String trouble;

    private Receiving(
            Source source,
            Path folder,
            Pull.Surroundings around,
            Progress progress,
            FileChannel open) {
        this.source = source;
        this.folder = folder;
        this.space = around.space();
        this.progress = progress;
        this.channel = open;
        this.total = source.bytes();
    }

    /// Opens the file, and takes over what an earlier process has left of the same version.
    static Receiving open(Source source, Path folder, Pull.Surroundings around, Progress progress)
            throws IOException {
        FileChannel channel =
                FileChannel.open(
                        Part.bytes(folder),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        var receiving = new Receiving(source, folder, around, progress, channel);
        Part left = Part.read(folder).orElse(null);
        boolean same =
                left != null
                        && left.key().equals(key(source))
                        && (source.sha256() != null || left.validator() != null);
        if (left != null && same) {
            receiving.validator = left.validator();
            receiving.total = Math.max(left.total(), source.bytes());
            receiving.takeOver();
        } else {
            receiving.startAnew();
        }
        return receiving;
    }

    /// What tells this version of the file from others; a query may hold a signature that changes.
    private static String key(Source source) {
        return source.sha256() != null ? source.sha256() : source.origin();
    }

    private void takeOver() throws IOException {
        long size = channel.size();
        if (total >= 0 && size > total) {
            startAnew();
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        while (bytes < size && channel.read(buffer.clear(), bytes) > 0) {
            bytes += buffer.flip().remaining();
            digest.update(buffer);
            progress.at(bytes, total);
        }
        if (bytes > 0) {
            progress.note("going on after " + Sizes.shown(bytes) + " that are already here");
        }
    }

    /// Forgets all bytes.
    void startAnew() throws IOException {
        channel.truncate(0);
        digest = Store.sha256();
        bytes = 0;
        validator = null;
    }

    @Override
    public boolean begin(Download.Head head) {
        try {
            if (head.from() < bytes) {
                startAnew();
            }
            if (head.total() >= 0 && source.bytes() >= 0 && head.total() != source.bytes()) {
                return stop(
                        "the server has a file of "
                                + Sizes.shown(head.total())
                                + " where the registry says "
                                + Sizes.shown(source.bytes()));
            }
            total = head.total() >= 0 ? head.total() : source.bytes();
            validator = head.validator();
            linkedDigest = digestIn(head.linkedTag());
            new Part(source.name(), key(source), total, validator).write(folder);
            return total < 0 || fits(total - bytes);
        } catch (IOException e) {
            return stop(full(e));
        }
    }

    private static @Nullable String digestIn(@Nullable String tag) {
        String plain = tag == null ? "" : tag.replace("\"", "");
        return plain.matches("[0-9a-f]{64}") ? plain : null;
    }

    private boolean fits(long needed) {
        long free = space.bytes(folder);
        return free >= needed || stop(noRoom(folder, needed, free));
    }

    static String noRoom(Path folder, long needed, long free) {
        return "the disk is too full: "
                + Sizes.shown(needed)
                + " more are needed and "
                + Sizes.shown(free)
                + " are free at "
                + folder
                + ". Delete something (`./tw models ls`, `./tw models rm NAME`), or set"
                + " XDG_DATA_HOME to a folder on a larger disk";
    }

    @Override
    public boolean take(ByteBuffer piece) {
        try {
            if (bytes < MAGIC.length && !isGguf(piece)) {
                startAnew();
                return stop(
                        "what comes is no GGUF file; a page about the model perhaps, look for the"
                                + " address of the file itself");
            }
            if (total >= 0 && bytes + piece.remaining() > total) {
                return stop("the server sends more than it announced");
            }
            long before = bytes;
            digest.update(piece.duplicate());
            while (piece.hasRemaining()) {
                bytes += channel.write(piece, bytes);
            }
            progress.at(bytes, total);
            return total >= 0 || before / LOOK == bytes / LOOK || fits(LOOK);
        } catch (IOException e) {
            return stop(full(e));
        }
    }

    private boolean isGguf(ByteBuffer piece) {
        for (int i = (int) bytes; i < MAGIC.length && i - bytes < piece.remaining(); i++) {
            if (piece.get(piece.position() + i - (int) bytes) != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private String full(IOException e) {
        return folder + " cannot be written: " + e.getMessage();
    }

    private boolean stop(String why) {
        trouble = why;
        return false;
    }

    /// Why it wanted no more; null when it did.
    @Nullable String trouble() {
        return trouble;
    }

    long bytes() {
        return bytes;
    }

    /// Whether all that was announced is here.
    boolean complete() {
        return total >= 0 && bytes == total && bytes > 0;
    }

    /// What to ask the server for.
    Download.Order order() {
        // a file named by its digest cannot change, and large hosts do not agree on entity tags
        String condition = source.sha256() == null ? validator : null;
        boolean canGoOn = source.sha256() != null || condition != null;
        return new Download.Order(
                source.uri(), source.headers(), canGoOn ? bytes : 0, canGoOn ? condition : null);
    }

    /// The digest of what is here, 64 hexadecimal digits. Ends the receiving.
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The digest that it must have; null where nobody says.
    @Nullable String wanted() {
        return source.sha256() != null ? source.sha256() : linkedDigest;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
