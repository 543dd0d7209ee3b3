package dev.tierwise.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Time from starting a process to its first answer, kinds of start taking turns.
///
/// @param starts how often each kind
record Startup(int starts) {
    private static final String MODEL = "mock-1";

    /// @param kind what was started
    /// @param millis from starting the process to the end of its first right answer
    /// @param cpuMillis CPU time of the process until then
    /// @param rssKib its resident memory then
    record Start(String kind, double millis, double cpuMillis, long rssKib) {}

    private interface Starter {
        Child start(int port);
    }

    Part run(Commands commands, String command) {
        double before = Machine.load();
        int mockPort = Commands.freePort();
        var log = commands.work().resolve("startup.log");
        var kinds = new LinkedHashMap<String, Starter>();
        kinds.put(
                Target.RELAY,
                port ->
                        Child.start(
                                "relay",
                                commands.part("relay", "" + port, "" + mockPort, MODEL),
                                Map.of(),
                                log));
        if (commands.tierwiseIsBuilt()) {
            kinds.put("Tierwise, AOT cache", port -> gateway(commands, port, mockPort, ""));
            kinds.put(
                    "Tierwise, no AOT cache",
                    port -> gateway(commands, port, mockPort, "-XX:AOTMode=off"));
        }
        var mockCommand = commands.part("mock", "" + mockPort, "0");
        try (var mock = Child.start("mock", mockCommand, Map.of(), log);
                var probe = new Probe()) {
            probe.awaitAnswer(mock, mockPort, MODEL);
            List<Start> all = measure(kinds, probe);
            String origin = Part.origin(command, before, List.of());
            return new Part("startup", origin + markdown(kinds.keySet(), all), all);
        }
    }

    private static Child gateway(Commands commands, int port, int mockPort, String options) {
        return Gateway.start(commands, new Gateway.Wish(port, mockPort, true, options));
    }

    private List<Start> measure(Map<String, Starter> kinds, Probe probe) {
        var all = new ArrayList<Start>();
        for (int i = 0; i < starts; i++) {
            kinds.forEach((kind, starter) -> all.add(once(kind, starter, probe)));
        }
        return all;
    }

    private static Start once(String kind, Starter starter, Probe probe) {
        int port = Commands.freePort();
        long began = System.nanoTime();
        try (Child child = starter.start(port)) {
            probe.awaitAnswer(child, port, MODEL);
            double millis = (System.nanoTime() - began) / 1e6;
            var start =
                    new Start(
                            kind,
                            millis,
                            child.cpu().since(CpuTime.NONE) / 1e6,
                            child.memory().rssKib());
            Bench.progress("start-up: " + start);
            return start;
        }
    }

    private static String markdown(Iterable<String> kinds, List<Start> all) {
        var table = new Table("started", "first answer after ms", "CPU ms", "RSS MiB");
        for (String kind : kinds) {
            List<Start> own = all.stream().filter(start -> start.kind().equals(kind)).toList();
            table.row(
                    kind,
                    spread(own.stream().map(Start::millis).toList()),
                    spread(own.stream().map(Start::cpuMillis).toList()),
                    spread(own.stream().map(start -> start.rssKib() / 1024.0).toList()));
        }
        return table.markdown();
    }

    private static String spread(List<Double> values) {
        return Part.spread(Optional.of(Spread.of(values)), "%.0f");
    }
}
