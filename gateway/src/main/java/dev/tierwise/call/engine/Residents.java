package dev.tierwise.call.engine;

import dev.tierwise.engine.run.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The models in memory. One is loaded when it is first asked; when the memory that they may take
/// together is full, the one that has not answered for longest makes room, never one that is
/// answering. Thread-safe.
public final class Residents implements AutoCloseable {
    private final ReentrantLock loading = new ReentrantLock();
    private long budget;
    private final Clock clock;
    private final Map<Path, Resident> residents = new LinkedHashMap<>();
    private final Set<Path> held = ConcurrentHashMap.newKeySet();
    private long reserved;
    private boolean closed;

    /// @param budget bytes that all models together may take
    /// @param clock time
    public Residents(long budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /// One model in memory.
    private static final class Resident {
        private final Path file;
        private final Engine engine;
        private final long bytes;
        private int leases;
        private Instant used;

        Resident(Path file, Engine engine, long bytes, Instant used) {
            this.file = file;
            this.engine = engine;
            this.bytes = bytes;
            this.used = used;
        }
    }

    /// What asking for a model came to.
    public sealed interface Asked {
        /// It is in memory, and stays there until it is given back.
        ///
        /// @param engine the model
        /// @param release gives it back; to be run once
        record Lent(Engine engine, Runnable release) implements Asked {}

        /// It is not.
        ///
        /// @param message why, and how to mend it
        record Refused(String message) implements Asked {}
    }

    /// A model in memory, seen from outside.
    ///
    /// @param file its file
    /// @param bytes memory that it takes: weights, and the slots' keys and values
    /// @param requests requests that use it now
    /// @param used when it was last asked
    /// @param settings how it works
    public record Seen(
            Path file, long bytes, int requests, Instant used, Engine.Settings settings) {}

    /// Lends the model of `file`; loads it first where it is not in memory, which takes its time.
    public Asked lend(Path file, Engine.Settings settings) {
        synchronized (this) {
            Resident resident = alive(file);
            if (resident != null) {
                return lend(resident);
            }
        }
        return load(file, settings);
    }

    /// The model of `file` in memory; one whose engine has failed is put out, to be loaded anew.
    private @Nullable Resident alive(Path file) {
        Resident resident = residents.get(file);
        if (resident != null && !resident.engine.alive()) {
            drop(resident);
            return null;
        }
        return resident;
    }

    /// One at a time: two large models must not be loaded side by side. Those that are in memory
    /// answer meanwhile.
    private Asked load(Path file, Engine.Settings settings) {
        loading.lock();
        try {
            OptionalLong size = Engine.size(file);
            if (size.isEmpty()) {
                return new Asked.Refused(
                        "The model's file "
                                + file
                                + " is gone; `./tw models ls` shows what is there.");
            }
            synchronized (this) {
                Resident resident = alive(file);
                if (resident != null) {
                    return lend(resident);
                }
                String full = makeRoom(file, size.getAsLong());
                if (full != null) {
                    return new Asked.Refused(full);
                }
            }
            Engine.Opening opening = Engine.open(file, settings);
            synchronized (this) {
                return switch (opening) {
                    case Engine.Opening.Refused(String message) -> new Asked.Refused(message);
                    case Engine.Opening.Ready(Engine engine) -> keep(file, engine);
                };
            }
        } finally {
            loading.unlock();
        }
    }

    private Asked keep(Path file, Engine engine) {
        Engine.Status status = engine.status();
        long bytes = status.weightBytes() + status.cacheBytes();
        String full = closed ? "Tierwise is about to stop." : makeRoom(file, bytes);
        if (full != null) {
            engine.close();
            return new Asked.Refused(full);
        }
        var resident = new Resident(file, engine, bytes, clock.instant());
        residents.put(file, resident);
        held.add(file);
        reserved += bytes;
        return lend(resident);
    }

    private Asked lend(Resident resident) {
        resident.leases++;
        resident.used = clock.instant();
        return new Asked.Lent(resident.engine, () -> giveBack(resident));
    }

    private synchronized void giveBack(Resident resident) {
        resident.leases--;
        resident.used = clock.instant();
    }

    /// Unloads idle models until so much is free; none where that would not be enough.
    ///
    /// @return why it cannot be, or null
    private @Nullable String makeRoom(Path file, long bytes) {
        long busy =
                residents.values().stream()
                        .filter(resident -> resident.leases > 0)
                        .mapToLong(resident -> resident.bytes)
                        .sum();
        if (busy + bytes > budget) {
            return file.getFileName()
                    + " needs "
                    + mib(bytes)
                    + " MiB of memory and "
                    + mib(budget - busy)
                    + " of "
                    + mib(budget)
                    + " can be had"
                    + (busy == 0 ? "" : "; the rest is taken by models that answer now")
                    + ". Raise `engine.memory`, take a smaller model, or lower `engine.context` or"
                    + " `engine.slots`.";
        }
        while (reserved + bytes > budget) {
            drop(leastRecentlyUsed());
        }
        return null;
    }

    private Resident leastRecentlyUsed() {
        return residents.values().stream()
                .filter(resident -> resident.leases == 0)
                .min(Comparator.comparing(resident -> resident.used))
                .orElseThrow();
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    private void drop(Resident resident) {
        residents.remove(resident.file);
        held.remove(resident.file);
        reserved -= resident.bytes;
        resident.engine.close();
    }

    /// Takes a model out of memory.
    ///
    /// @return why it stays, or null; one that is not in memory needs no unloading
    public synchronized @Nullable String unload(Path file) {
        Resident resident = residents.get(file);
        if (resident == null) {
            return null;
        }
        if (resident.leases > 0) {
            return resident.leases + " requests use it now; ask again when they have ended.";
        }
        drop(resident);
        return null;
    }

    /// The models in memory, first the one loaded first.
    public synchronized List<Seen> seen() {
        var seen = new ArrayList<Seen>();
        for (Resident one : residents.values()) {
            seen.add(new Seen(one.file, one.bytes, one.leases, one.used, one.engine.settings()));
        }
        return seen;
    }

    /// Whether the model of `file` is in memory. Takes no lock.
    boolean holds(Path file) {
        return held.contains(file);
    }

    /// Sets how much all models together may take; what is in memory stays until room is needed.
    public synchronized void limit(long bytes) {
        budget = bytes;
    }

    /// Bytes that all models together may take.
    public synchronized long budget() {
        return budget;
    }

    /// Ends what runs and takes all models out of memory.
    @Override
    public void close() {
        List<Resident> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(residents.values());
            residents.clear();
            held.clear();
            reserved = 0;
        }
        // outside of the lock: an engine that ends gives back what was lent
        all.forEach(resident -> resident.engine.close());
    }
}
