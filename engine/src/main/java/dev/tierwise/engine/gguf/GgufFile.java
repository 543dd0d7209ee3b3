package dev.tierwise.engine.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model's file in the GGUF format, versions 2 and 3 (`docs/gguf.md` of ggml), mapped into
/// memory: the operating system reads what is used and may drop it again. Thread-safe; after
/// [#close] its tensors must not be touched.
public final class GgufFile implements AutoCloseable {
    private static final int MAGIC = 0x46554747;
    private static final int USUAL_ALIGNMENT = 32;
    private static final int MOST_DIMENSIONS = 4;

    private final Path path;
    private final Arena arena;
    private final Metadata metadata;
    private final long begin;
    private final Map<String, Tensor> tensors;
    private final Map<String, Long> foreign = new LinkedHashMap<>();

    private GgufFile(
            Path path, Arena arena, Metadata metadata, long begin, Map<String, Tensor> tensors) {
        this.path = path;
        this.arena = arena;
        this.metadata = metadata;
        this.begin = begin;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /// What opening came to.
    public sealed interface Opening {
        /// The file is open.
        ///
        /// @param file to be closed
        record Open(GgufFile file) implements Opening {}

        /// It is not a file that can be used.
        ///
        /// @param message what is wrong and how to mend it
        /// @param offset the byte at which that was seen
        record Refused(String message, long offset) implements Opening {}
    }

    /// Opens a file and checks all of its head: afterwards every tensor lies within it.
    @SuppressWarnings("MustBeClosedChecker") // closed by whoever gets it
    public static Opening open(Path path) {
        return open(path, false);
    }

    /// Opens a file for its head's sake: tensors whose types the engine does not read are no reason
    /// to refuse it. They count among [#numbers] and are [#has], but are not among its tensors.
    @SuppressWarnings("MustBeClosedChecker") // closed by whoever gets it
    public static Opening head(Path path) {
        return open(path, true);
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by whoever gets it
    private static Opening open(Path path, boolean foreign) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment all =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new Opening.Open(read(path, all, arena, foreign));
        } catch (NoSuchFileException _) {
            arena.close();
            return new Opening.Refused("There is no file " + path + ".", 0);
        } catch (IOException e) {
            arena.close();
            String why = Files.isDirectory(path) ? "it is a folder" : e.getMessage();
            return new Opening.Refused(path + " cannot be read: " + why + ".", 0);
        } catch (Cursor.Broken broken) {
            arena.close();
            return new Opening.Refused(
                    path
                            + " is no GGUF file that can be used: "
                            + broken.getMessage()
                            + " (byte "
                            + broken.offset()
                            + "). Fetch it again, or another one.",
                    broken.offset());
        }
    }

    private static GgufFile read(Path path, MemorySegment all, Arena arena, boolean foreign) {
        var cursor = new Cursor(all);
        if (cursor.left() < 24 || cursor.int32() != MAGIC) {
            throw new Cursor.Broken("it does not begin with GGUF", 0);
        }
        int version = cursor.int32();
        if (version != 2 && version != 3) {
            String hint = Integer.reverseBytes(version) == 3 ? "big-endian" : "version " + version;
            throw new Cursor.Broken("it is " + hint + "; 2 and 3 are read", 4);
        }
        // a tensor's entry has a name, a number of dimensions, one of them, a type and an offset
        int tensors = cursor.count("tensors", 8 + 4 + 8 + 4 + 8);
        int entries = cursor.count("entries", 8 + 4 + 1);
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            String key = cursor.text();
            if (values.put(key, cursor.value(cursor.int32())) != null) {
                throw cursor.broken("the key " + shown(key) + " stands twice");
            }
        }
        var metadata = new Metadata(values);
        List<Entry> infos = new ArrayList<>();
        for (int i = 0; i < tensors; i++) {
            infos.add(entry(cursor, foreign));
        }
        long begin = begin(cursor, metadata);
        var file =
                new GgufFile(path, arena, metadata, begin, tensors(cursor, infos, begin, metadata));
        for (Entry info : infos) {
            if (info.type == null) {
                file.foreign.put(info.name, foreign(cursor, info, all.byteSize()));
            }
        }
        return file;
    }

    /// Where the head ends and the tensors' bytes begin.
    private static long begin(Cursor cursor, Metadata metadata) {
        long step = step(metadata);
        if (step < 8 || step > 1 << 20 || Long.bitCount(step) != 1) {
            throw cursor.broken("general.alignment is " + step + ", not a power of 2 from 8 on");
        }
        return (cursor.at() + step - 1) / step * step;
    }

    private static long step(Metadata metadata) {
        return metadata.whole("general.alignment").orElse(USUAL_ALIGNMENT);
    }

    /// Without a type where the engine does not read it.
    private record Entry(String name, @Nullable TensorType type, List<Long> shape, long offset) {}

    private static Map<String, Tensor> tensors(
            Cursor cursor, List<Entry> entries, long begin, Metadata metadata) {
        long step = step(metadata);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            long elements = numbers(cursor, entry.shape);
            TensorType type = entry.type;
            if (type == null) {
                continue;
            }
            long size = multiply(cursor, elements / type.blockElements(), type.blockBytes());
            long room = cursor.at() + cursor.left() - begin;
            if (entry.offset < 0 || entry.offset % step != 0 || size > room - entry.offset) {
                throw cursor.broken(
                        "the tensor "
                                + shown(entry.name)
                                + " of "
                                + size
                                + " bytes does not lie within the file; it may be cut short");
            }
            var tensor =
                    new Tensor(
                            entry.name,
                            type,
                            entry.shape,
                            cursor.slice(begin + entry.offset, size));
            if (tensors.put(entry.name, tensor) != null) {
                throw cursor.broken("the tensor " + shown(entry.name) + " stands twice");
            }
        }
        return tensors;
    }

    /// No type has less than a bit for each number.
    private static long foreign(Cursor cursor, Entry entry, long bytes) {
        long numbers = numbers(cursor, entry.shape);
        if (numbers / Byte.SIZE > bytes) {
            throw cursor.broken(
                    "the tensor "
                            + shown(entry.name)
                            + " of "
                            + numbers
                            + " numbers does not lie within the file; it may be cut short");
        }
        return numbers;
    }

    private static long numbers(Cursor cursor, List<Long> shape) {
        long numbers = 1;
        for (long size : shape) {
            numbers = multiply(cursor, numbers, size);
        }
        return numbers;
    }

    private static Entry entry(Cursor cursor, boolean foreign) {
        String name = cursor.text();
        int dimensions = cursor.int32();
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw cursor.broken("the tensor " + shown(name) + " has " + dimensions + " dimensions");
        }
        List<Long> shape = new ArrayList<>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            long size = cursor.int64();
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw cursor.broken("the tensor " + shown(name) + " has a side of " + size);
            }
            shape.add(size);
        }
        int code = cursor.int32();
        Optional<TensorType> type = TensorType.of(code);
        if (type.isEmpty() && foreign) {
            return new Entry(name, null, shape, cursor.int64());
        }
        if (type.isEmpty()) {
            throw cursor.broken(
                    "the tensor "
                            + shown(name)
                            + " is of type "
                            + code
                            + "; read are "
                            + Arrays.toString(TensorType.values()));
        }
        if (shape.getFirst() % type.get().blockElements() != 0) {
            throw cursor.broken(
                    "the rows of "
                            + shown(name)
                            + " are not made of whole "
                            + type.get()
                            + " blocks");
        }
        return new Entry(name, type.get(), shape, cursor.int64());
    }

    private static long multiply(Cursor cursor, long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException _) {
            throw cursor.broken("a tensor is larger than any memory");
        }
    }

    private static String shown(String name) {
        String printable = name.replaceAll("[^ -~]", "?");
        return "`" + (printable.length() > 60 ? printable.substring(0, 60) + "…" : printable) + "`";
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    /// What it says of its model.
    public Metadata metadata() {
        return metadata;
    }

    /// Where its head ends and its tensors' bytes begin.
    public long begin() {
        return begin;
    }

    /// Its tensors, in the file's order.
    public Collection<Tensor> tensors() {
        return tensors.values();
    }

    /// The tensor of this name.
    public Optional<Tensor> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /// Whether it has a tensor of this name, of whatever type.
    public boolean has(String name) {
        return tensors.containsKey(name) || foreign.containsKey(name);
    }

    /// How many numbers all tensors have together.
    public long numbers() {
        long all = 0;
        for (Tensor tensor : tensors.values()) {
            long numbers = 1;
            for (long side : tensor.shape()) {
                numbers *= side; // opening has made sure that all of it lies within the file
            }
            all += numbers;
        }
        for (long numbers : foreign.values()) {
            all += numbers;
        }
        return all;
    }

    @Override
    public void close() {
        arena.close();
    }
}
