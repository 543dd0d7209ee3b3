package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What this machine has, read with the tools of its platform, and all that they said. Tools are
/// asked beside each other and get 2 seconds together; one that hangs costs its own answer only.
/// Blocks; may be called by many threads at once.
///
/// @param machine what could be told; what could not is null, with a note on how to say it
/// @param raw what was asked and answered
public record Detection(Machine machine, Raw raw) {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration COPYING = Duration.ofMillis(100);

    /// How much is done for an answer.
    public enum Effort {
        /// Reads only.
        READ,
        /// Also measures the bandwidth of the main memory, with up to 8 threads for a tenth of a
        /// second.
        MEASURE
    }

    /// What the readers of one platform found.
    private record Seen(Host host, Part part) {}

    /// Reads a machine.
    public static Detection of(Probes probes, Effort effort) {
        return of(probes, effort, LONGEST);
    }

    /// @param atMost how long all tools may take
    static Detection of(Probes probes, Effort effort, Duration atMost) {
        var recorder = new Recorder(probes, atMost);
        String system = recorder.system();
        Seen seen;
        if (SystemProbes.is(system, "linux")) {
            seen = linux(recorder);
        } else if (SystemProbes.is(system, "mac")) {
            seen = mac(recorder);
        } else if (SystemProbes.is(system, "windows")) {
            seen = windows(recorder);
        } else {
            seen = unknown(system);
        }
        return new Detection(machine(seen, effort), recorder.raw());
    }

    private static Seen linux(Recorder probes) {
        Future<Host> host;
        Future<Nvidia.Answer> nvidia;
        Future<Amd.Answer> amd;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            host = threads.submit(() -> Linux.read(probes));
            nvidia = threads.submit(() -> Nvidia.read(probes));
            amd = threads.submit(() -> Amd.read(probes));
        }
        var part = new Part();
        Nvidia.describe(nvidia.resultNow(), host.resultNow(), part);
        Amd.describe(amd.resultNow(), host.resultNow(), part);
        return new Seen(host.resultNow(), part);
    }

    private static Seen mac(Recorder probes) {
        Future<Apple.Answer> answer;
        Future<String> graphics;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answer = threads.submit(() -> Apple.read(probes));
            graphics = threads.submit(() -> Apple.graphics(probes));
        }
        var part = new Part();
        Apple.describe(answer.resultNow(), graphics.resultNow(), part);
        return new Seen(answer.resultNow().host(), part);
    }

    private static Seen windows(Recorder probes) {
        Future<Windows.Answer> answer;
        Future<Nvidia.Answer> nvidia;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answer = threads.submit(() -> Windows.read(probes));
            nvidia = threads.submit(() -> Nvidia.read(probes));
        }
        var part = new Part();
        Nvidia.describe(nvidia.resultNow(), answer.resultNow().host(), part);
        Windows.describe(answer.resultNow(), part);
        return new Seen(answer.resultNow().host(), part);
    }

    private static Seen unknown(String system) {
        var part = new Part();
        part.noteByHand("nothing is read on " + system);
        return new Seen(new Host("", null, null, null, 0, List.of()), part);
    }

    private static Machine machine(Seen seen, Effort effort) {
        Host host = seen.host();
        var notes = new ArrayList<>(host.notes());
        notes.addAll(seen.part().notes());
        var devices = new ArrayList<>(seen.part().devices());
        devices.sort(
                Comparator.comparing(Device::kind)
                        .thenComparing(Detection::speed, Comparator.reverseOrder()));
        if (devices.size() > 1) {
            notes.add(
                    devices.size()
                            + " devices are shown one by one: a model spans them only where its"
                            + " server splits it");
        }
        String name = name(devices, host);
        Figure bandwidth = bandwidth(host, effort, notes, devices.isEmpty());
        devices.add(host.device(bandwidth));
        return new Machine(
                name,
                devices,
                host.memory(),
                host.available(),
                host.reclaimable(),
                host.cores(),
                notes);
    }

    private static double speed(Device device) {
        Figure bandwidth = device.bandwidth();
        return bandwidth == null ? 0 : bandwidth.value();
    }

    private static @Nullable Figure bandwidth(
            Host host, Effort effort, List<String> notes, boolean alone) {
        Figure bandwidth = null;
        Figure available = host.available();
        if (effort == Effort.MEASURE && available != null) {
            int threads = host.cores() == 0 ? 1 : host.cores();
            bandwidth = Copying.measure(threads, available.value() / 8, COPYING).orElse(null);
        }
        if (bandwidth == null && alone) {
            notes.add(
                    "the bandwidth of the main memory was not measured: say it with --bandwidth 50"
                            + " (GB/s)");
        }
        return bandwidth;
    }

    private static String name(List<Device> devices, Host host) {
        if (devices.isEmpty()) {
            return host.processor().isEmpty() ? "a machine that tells no name" : host.processor();
        }
        Map<String, Long> counts =
                devices.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Device::name, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(it -> it.getValue() == 1 ? it.getKey() : it.getValue() + " × " + it.getKey())
                .collect(Collectors.joining(" and "));
    }
}
