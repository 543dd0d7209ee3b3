package dev.tierwise.experience;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The versions on disk: each a file of one line of JSON and the state behind it, with a check sum
/// over both, put in place by one renaming. For one thread; reading needs no lock.
final class Shelf {
    /// So many versions are kept.
    static final int MOST = 30;

    /// Of these the newest are not thinned out.
    private static final int NEWEST = 8;

    private static final int FORMAT = 1;
    private static final long LARGEST = 64 << 20;
    private static final String PREFIX = "version-";
    private static final String SUFFIX = ".bin";

    private final Path folder;

    Shelf(Path folder) {
        this.folder = folder;
    }

    /// A version that could be read.
    ///
    /// @param version what it is
    /// @param event the number of the last event that is part of it
    /// @param knowledge the state
    /// @param alarms of drift until then
    record Kept(Version version, long event, Knowledge knowledge, List<Alarm> alarms) {}

    /// All versions, the oldest first.
    List<Version> versions() {
        var versions = new ArrayList<Version>();
        for (Path file : files()) {
            versions.add(whole(file).map(Whole::version).orElseGet(() -> bad(file)));
        }
        return versions;
    }

    /// The newest version that is good; empty when there is none.
    ///
    /// @param damaged told of those that had to be passed over
    Optional<Kept> newest(Consumer<Version> damaged) {
        for (Path file : files().reversed()) {
            Optional<Kept> kept = whole(file).flatMap(Shelf::kept);
            if (kept.isPresent()) {
                return kept;
            }
            damaged.accept(bad(file));
        }
        return Optional.empty();
    }

    /// The version of that number, if it is there and good.
    Optional<Kept> find(long number) {
        return whole(file(number)).flatMap(Shelf::kept);
    }

    /// The highest number that was given.
    long last() {
        List<Path> files = files();
        return files.isEmpty() ? 0 : number(files.getLast());
    }

    /// Keeps a state, and drops the oldest version when there are too many.
    void keep(Version version, long event, List<Alarm> alarms, Knowledge knowledge)
            throws IOException {
        byte[] state = bytes(knowledge);
        ObjectNode head = JsonMapper.shared().createObjectNode();
        head.put("tierwise", "router");
        head.put("format", FORMAT);
        head.put("version", version.number());
        head.put("at", version.at().toEpochMilli());
        head.put("cause", version.cause());
        head.put("event", event);
        head.put("examples", version.examples());
        ArrayNode list = head.putArray("alarms");
        for (Alarm alarm : alarms) {
            list.addObject()
                    .put("at", alarm.at().toEpochMilli())
                    .put("what", alarm.what())
                    .put("words", alarm.words());
        }
        head.put("bytes", state.length);
        head.put("crc32", sum(head.toString(), state));
        byte[] line = (head + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[line.length + state.length];
        System.arraycopy(line, 0, all, 0, line.length);
        System.arraycopy(state, 0, all, line.length, state.length);
        Private.replace(file(version.number()), all);
        thin(version.at());
    }

    /// Drops versions until there are few enough: always one that is close to its neighbours for
    /// its age, so that those of long ago stay too, further and further apart.
    private void thin(Instant now) throws IOException {
        List<Path> files = files();
        while (files.size() > MOST) {
            double least = Double.POSITIVE_INFINITY;
            Path drop = files.getFirst();
            for (int i = 1; i < files.size() - NEWEST; i++) {
                long gap = time(files.get(i + 1)) - time(files.get(i - 1));
                long age = Math.max(1, now.toEpochMilli() - time(files.get(i)));
                double spacing = (double) gap / age;
                if (spacing < least) {
                    least = spacing;
                    drop = files.get(i);
                }
            }
            Files.deleteIfExists(drop);
            files = files();
        }
    }

    private static long time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    /// A state as bytes; equal states give equal bytes.
    static byte[] bytes(Knowledge knowledge) throws IOException {
        var bytes = new ByteArrayOutputStream(1 << 16);
        knowledge.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /// A file whose check sum is right.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Whole(Version version, long event, List<Alarm> alarms, byte[] state) {}

    private static Optional<Kept> kept(Whole whole) {
        try (var in = new DataInputStream(new ByteArrayInputStream(whole.state))) {
            return Optional.of(
                    new Kept(whole.version, whole.event, Knowledge.read(in), whole.alarms));
        } catch (IOException | IllegalArgumentException | JacksonException _) {
            return Optional.empty();
        }
    }

    private static Optional<Whole> whole(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            return Optional.ofNullable(whole(Files.readAllBytes(file)));
        } catch (IOException | JacksonException _) {
            return Optional.empty();
        }
    }

    private static @Nullable Whole whole(byte[] all) {
        int line = 0;
        while (line < all.length && all[line] != '\n') {
            line++;
        }
        JsonNode head =
                JsonMapper.shared().readTree(new String(all, 0, line, StandardCharsets.UTF_8));
        int length = all.length - line - 1;
        if (length < 0
                || !(head instanceof ObjectNode fields)
                || head.path("format").asInt(0) != FORMAT
                || head.path("bytes").asInt(-1) != length) {
            return null;
        }
        byte[] state = new byte[length];
        System.arraycopy(all, line + 1, state, 0, length);
        long sum = head.path("crc32").asLong(-1);
        fields.remove("crc32");
        if (sum != sum(fields.toString(), state)) {
            return null;
        }
        var version =
                new Version(
                        head.path("version").asLong(0),
                        Instant.ofEpochMilli(head.path("at").asLong(0)),
                        head.path("cause").asString(""),
                        head.path("examples").asLong(0),
                        true);
        return new Whole(version, head.path("event").asLong(0), alarms(head), state);
    }

    private static List<Alarm> alarms(JsonNode head) {
        var alarms = new ArrayList<Alarm>();
        for (JsonNode alarm : head.path("alarms")) {
            alarms.add(
                    new Alarm(
                            Instant.ofEpochMilli(alarm.path("at").asLong(0)),
                            alarm.path("what").asString(""),
                            alarm.path("words").asString("")));
        }
        return List.copyOf(alarms);
    }

    private static long sum(String head, byte[] state) {
        var sum = new CRC32();
        sum.update(head.getBytes(StandardCharsets.UTF_8));
        sum.update(state);
        return sum.getValue();
    }

    private Version bad(Path file) {
        Instant at = Instant.EPOCH;
        try {
            at = Files.getLastModifiedTime(file).toInstant();
        } catch (IOException _) {
            // The time is only shown.
        }
        return new Version(number(file), at, "damaged", 0, false);
    }

    private Path file(long number) {
        return folder.resolve(PREFIX + "%09d".formatted(number) + SUFFIX);
    }

    private static long number(Path file) {
        String name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file ->
                            String.valueOf(file.getFileName())
                                    .matches(PREFIX + "[0-9]{9}" + "\\" + SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
