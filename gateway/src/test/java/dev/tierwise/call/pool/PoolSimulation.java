package dev.tierwise.call.pool;

import dev.tierwise.call.Model.Standing;
import dev.tierwise.call.Model.Standing.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Several servers with one model, and requests that are spread over them. Time is simulated; the
/// same seed makes the same run.
final class PoolSimulation {
    private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");

    private final List<Machine> machines;
    private final Rule rule;
    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Double> times = new ArrayList<>();
    private double now;
    private long number;

    /// Which machine a request goes to.
    @FunctionalInterface
    interface Rule {
        int choose(PoolSimulation simulation, double tokens);
    }

    /// In turn.
    static Rule inTurn() {
        int[] next = {-1};
        return (simulation, _) -> {
            next[0] = (next[0] + 1) % simulation.machines.size();
            return next[0];
        };
    }

    /// To the one with the fewest requests.
    static final Rule FEWEST =
            (simulation, _) -> {
                int best = 0;
                for (int i = 1; i < simulation.machines.size(); i++) {
                    boolean fewer =
                            simulation.machines.get(i).load()
                                    < simulation.machines.get(best).load();
                    best = fewer ? i : best;
                }
                return best;
            };

    /// As the product does, which does not know how long an answer will be.
    static final Rule CHOICE =
            (simulation, _) -> {
                Instant at = simulation.instant();
                List<Choice.Site> sites =
                        simulation.machines.stream()
                                .map(machine ->
                                        new Choice.Site(machine.standing(), true, false, at))
                                .toList();
                return Choice.order(sites, Choice.USUAL_TOKENS).getFirst();
            };

    /// A server with the model.
    static final class Machine {
        private final double speed;
        private final int sites;
        private final double load;
        private final Queue<double[]> queue = new ArrayDeque<>();
        private int running;
        private int answered;
        private int loads;
        private boolean loaded;
        private double measured = Double.NaN;
        private @Nullable Instant used;

        /// @param speed tokens a second of one stream
        /// @param sites requests at once
        /// @param load how long the model takes to come into memory; 0 where it is there
        Machine(double speed, int sites, double load) {
            this.speed = speed;
            this.sites = sites;
            this.load = load;
            this.loaded = load == 0;
        }

        int answered() {
            return answered;
        }

        int loads() {
            return loads;
        }

        private int load() {
            return running + queue.size();
        }

        private Standing standing() {
            return new Standing(
                    running,
                    queue.size(),
                    sites,
                    loaded ? Loaded.YES : Loaded.NO,
                    measured,
                    Double.isNaN(measured) ? Double.NaN : 500,
                    used);
        }
    }

    /// @param came when the request of an answer came; NaN for a request that comes
    private record Event(double at, long number, int machine, double came)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Double.compare(at, other.at);
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }

    /// What came of it.
    ///
    /// @param perSecond answers a second
    record Result(double perSecond, double mean, double p95) {}

    PoolSimulation(List<Machine> machines, Rule rule, long seed) {
        this.machines = machines;
        this.rule = rule;
        this.random = new Random(seed);
    }

    /// So many requests that come at random times, so many a second in the mean.
    Result open(int requests, double perSecond) {
        double at = 0;
        for (int i = 0; i < requests; i++) {
            at += -Math.log(1 - random.nextDouble()) / perSecond;
            events.add(new Event(at, number++, -1, Double.NaN));
        }
        run(requests, false);
        return result();
    }

    /// So many clients that ask again as soon as they have an answer.
    Result closed(int requests, int clients) {
        for (int i = 0; i < clients; i++) {
            events.add(new Event(0, number++, -1, Double.NaN));
        }
        run(requests, true);
        return result();
    }

    private void run(int requests, boolean again) {
        while (times.size() < requests && !events.isEmpty()) {
            Event event = events.remove();
            now = event.at();
            if (event.machine() < 0) {
                // the length of answers varies a lot: between 20 and 380 tokens
                double tokens = 20 + 360 * random.nextDouble();
                enter(rule.choose(this, tokens), tokens);
            } else {
                leave(event);
                if (again) {
                    events.add(new Event(now, number++, -1, Double.NaN));
                }
            }
        }
    }

    private void enter(int index, double tokens) {
        Machine machine = machines.get(index);
        machine.queue.add(new double[] {tokens, now});
        begin(index);
    }

    private void begin(int index) {
        Machine machine = machines.get(index);
        while (machine.running < machine.sites && !machine.queue.isEmpty()) {
            double[] next = machine.queue.remove();
            machine.running++;
            double wait = 0;
            if (!machine.loaded) {
                machine.loads++;
                machine.loaded = true;
                wait = machine.load;
            }
            machine.used = instant();
            double end = now + wait + .5 + next[0] / machine.speed;
            events.add(new Event(end, number++, index, next[1]));
        }
    }

    private void leave(Event event) {
        Machine machine = machines.get(event.machine());
        machine.running--;
        machine.answered++;
        machine.measured =
                Double.isNaN(machine.measured)
                        ? machine.speed
                        : machine.measured + .2 * (machine.speed - machine.measured);
        times.add(now - event.came());
        begin(event.machine());
    }

    private Instant instant() {
        return BEGIN.plus(Duration.ofNanos((long) (now * 1e9)));
    }

    private Result result() {
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Result(
                times.size() / now,
                Arrays.stream(sorted).average().orElse(0),
                sorted[sorted.length * 95 / 100]);
    }
}
