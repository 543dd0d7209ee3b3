package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The limits of the container or service that this process runs in, by Linux's control groups of
/// version 2, or 1 where memory is still there. A limit of any group above counts as much as that
/// of our own (kernel documentation, `cgroup-v2.rst` and `cgroup-v1/memory.rst`).
final class ControlGroups {
    private static final String ROOT = "/sys/fs/cgroup";
    private static final Pattern LINE = Pattern.compile("\\d+:([^:]*):(/.*)");
    private static final int DEEPEST = 16;

    /// Version 1 says "no limit" by the largest multiple of a page that fits.
    private static final long UNLIMITED = 1L << 60;

    /// @param memory in bytes; null where there is no limit
    /// @param left of it, in bytes; null where there is no limit, or it cannot be told
    /// @param cache of what is left, what caches of files hold now
    /// @param cores 0 where there is no limit
    record Limits(
            @Nullable Figure memory, @Nullable Figure left, @Nullable Figure cache, int cores) {}

    /// What is left below one limit, and the cache in it.
    private record Rest(Figure left, Figure cache) {}

    /// The files of one version.
    private record Files(String memory, String used, String cache, String source) {
        static final Files SECOND =
                new Files("memory.max", "memory.current", "inactive_file", "cgroup memory.max");
        static final Files FIRST =
                new Files(
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes",
                        "total_inactive_file",
                        "cgroup memory.limit_in_bytes");
    }

    private final Recorder probes;
    private final String own;

    private ControlGroups(Recorder probes) {
        this.probes = probes;
        this.own = probes.read("/proc/self/cgroup").orElse("");
    }

    /// Reads the limits in force.
    static Limits read(Recorder probes) {
        var groups = new ControlGroups(probes);
        Limits first =
                groups.memory(ROOT + "/memory", groups.path("memory"), Files.FIRST)
                        .or(() -> groups.memory(ROOT, groups.path(""), Files.SECOND))
                        .orElse(new Limits(null, null, null, 0));
        return new Limits(first.memory(), first.left(), first.cache(), groups.cores());
    }

    /// The group of this process under a controller; that of version 2 has an empty name.
    private String path(String controller) {
        for (String line : own.lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches() && List.of(parts.group(1).split(",", -1)).contains(controller)) {
                return parts.group(2);
            }
        }
        return "/";
    }

    /// A group and those above it as folders, ending with the mount point. A container often sees
    /// its own group there, while the path is that of the machine outside and leads nowhere.
    private static List<String> upwards(String mount, String path) {
        var folders = new ArrayList<String>();
        String left = path.contains("..") ? "" : path;
        while (left.length() > 1 && folders.size() < DEEPEST) {
            folders.add(mount + left);
            left = left.substring(0, left.lastIndexOf('/'));
        }
        folders.add(mount);
        return folders;
    }

    private Optional<Limits> memory(String mount, String path, Files files) {
        Figure least = null;
        Rest left = null;
        boolean there = false;
        for (String folder : upwards(mount, path)) {
            Optional<String> text = probes.read(folder + "/" + files.memory());
            there |= text.isPresent();
            OptionalLong limit = Readings.whole(text.orElse(null));
            if (limit.isEmpty() || limit.getAsLong() >= UNLIMITED) {
                continue;
            }
            if (least == null || limit.getAsLong() < least.value()) {
                least = Figure.measured((double) limit.getAsLong(), files.source());
            }
            Rest rest = rest(folder, limit.getAsLong(), files);
            if (rest != null && (left == null || rest.left().value() < left.left().value())) {
                left = rest;
            }
        }
        if (!there) {
            return Optional.empty();
        }
        return Optional.of(
                left == null
                        ? new Limits(least, null, null, 0)
                        : new Limits(least, left.left(), left.cache(), 0));
    }

    /// What is left below a limit. Pages of files that nobody has used lately are given back when
    /// memory is short, so they are no use of it.
    private @Nullable Rest rest(String folder, long limit, Files files) {
        OptionalLong used = Readings.whole(probes.read(folder + "/" + files.used()).orElse(null));
        if (used.isEmpty()) {
            return null;
        }
        String statistics = probes.read(folder + "/memory.stat").orElse("");
        long cache = Readings.whole(Readings.pairs(statistics, ' ').get(files.cache())).orElse(0);
        double rest = limit - Math.max(0, used.getAsLong() - cache);
        return new Rest(
                Figure.measured(Math.max(0, rest), files.source() + " less what is used"),
                Figure.measured((double) cache, "memory.stat " + files.cache()));
    }

    /// Processors' worth of time, rounded up as the Java machine does.
    private int cores() {
        int least = 0;
        for (String folder : upwards(ROOT, path(""))) {
            String[] parts = probes.read(folder + "/cpu.max").orElse("").strip().split("\\s+", -1);
            least = less(least, parts[0], parts.length > 1 ? parts[1] : null);
        }
        for (String folder : upwards(ROOT + "/cpu", path("cpu"))) {
            String quota = probes.read(folder + "/cpu.cfs_quota_us").orElse(null);
            if (quota != null) {
                least = less(least, quota, probes.read(folder + "/cpu.cfs_period_us").orElse(null));
            }
        }
        return least;
    }

    private static int less(int least, String quota, @Nullable String period) {
        OptionalLong time = Readings.whole(quota);
        OptionalLong of = Readings.whole(period);
        if (time.isEmpty() || of.isEmpty() || of.getAsLong() == 0) {
            return least;
        }
        long cores = Math.max(1, Math.ceilDiv(time.getAsLong(), of.getAsLong()));
        return least == 0 || cores < least ? (int) Math.min(cores, 1 << 16) : least;
    }
}
