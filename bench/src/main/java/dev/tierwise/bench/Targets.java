package dev.tierwise.bench;

import dev.tierwise.bench.Choice.Rival;
import dev.tierwise.bench.relay.MockAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All targets of one suite, up and answering; closing ends their processes.
///
/// @param all in the order of the tables
/// @param children every process, also the mock's
/// @param notes what a reader of the tables should know
record Targets(List<Target> all, List<Child> children, List<String> notes)
        implements AutoCloseable {
    private static final String MODEL = "mock-1";

    /// Starts what is wanted and waits until each answers.
    static Targets start(Commands commands, boolean stream, long gapMicros, Set<Rival> wanted) {
        var started = new Targets(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (var probe = new Probe()) {
            started.startAll(commands, stream, gapMicros, wanted, probe);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void startAll(
            Commands commands, boolean stream, long gapMicros, Set<Rival> wanted, Probe probe) {
        int mockPort = Commands.freePort();
        Child mock = mock(commands, stream, gapMicros, mockPort);
        add(probe, Target.DIRECT, mock, mockPort, MODEL);
        if (wanted.contains(Rival.NGINX)) {
            int port = Commands.freePort();
            Nginx.proxy(commands, port, mockPort)
                    .ifPresent(proxy -> add(probe, Target.NGINX, proxy, port, MODEL));
        }
        if (wanted.contains(Rival.RELAY)) {
            int port = Commands.freePort();
            var command = commands.part("relay", "" + port, "" + mockPort, MODEL);
            var log = commands.work().resolve("relay-" + port + ".log");
            add(probe, Target.RELAY, Child.start("relay", command, Map.of(), log), port, MODEL);
        }
        if (wanted.contains(Rival.TIERWISE)) {
            if (commands.tierwiseIsBuilt()) {
                startGateways(commands, mockPort, probe);
            } else {
                notes.add(
                        "Tierwise does not build here (why: target/bench/build.log), so its rows are missing");
            }
        }
    }

    private void startGateways(Commands commands, int mockPort, Probe probe) {
        var logging = new Gateway.Wish(Commands.freePort(), mockPort, true, "");
        Child gateway = Gateway.start(commands, logging);
        add(probe, Target.PASS, gateway, logging.port(), MODEL);
        add(probe, Target.AUTO, gateway, logging.port(), "auto");
        var silent = new Gateway.Wish(Commands.freePort(), mockPort, false, "");
        add(probe, Target.QUIET, Gateway.start(commands, silent), silent.port(), MODEL);
    }

    private Child mock(Commands commands, boolean stream, long gapMicros, int port) {
        if (!stream) {
            Optional<Child> nginx = Nginx.mock(commands, port);
            if (nginx.isPresent()) {
                notes.add("upstream: nginx with one worker and a fixed answer");
                return nginx.get();
            }
            notes.add(Nginx.HOW_TO_GET);
        }
        notes.add("upstream: a Netty mock with one event loop");
        var command = commands.part("mock", "" + port, "" + gapMicros);
        return Child.start(
                "mock", command, Map.of(), commands.work().resolve("mock-" + port + ".log"));
    }

    private void add(Probe probe, String name, Child process, int port, String model) {
        if (!children.contains(process)) {
            children.add(process);
        }
        int bytes = probe.awaitAnswer(process, port, model);
        if (bytes != MockAnswers.json().length()) {
            notes.add(
                    "%s gives an answer of %d bytes, the upstream sent %d"
                            .formatted(name, bytes, MockAnswers.json().length()));
        }
        all.add(new Target(name, process, port, model, bytes));
    }

    @Override
    public void close() {
        children.reversed().forEach(Child::close);
    }
}
