package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.runtime.RosterAction.Grant;
import dev.tierwise.call.runtime.RosterAction.Load;
import dev.tierwise.call.runtime.RosterAction.Refuse;
import dev.tierwise.call.runtime.RosterAction.Renew;
import dev.tierwise.call.runtime.RosterAction.Unload;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/// A runtime and its clients in simulated time, around a real roster. Keeps books of its own and
/// checks after every action that no model is swapped while it is used, that memory is never
/// promised twice, and that each request hears exactly one word.
final class RosterSimulation {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// What can happen.
    ///
    /// @param load how long a load takes
    /// @param unload how long an unload takes
    /// @param service how long a request takes at most; at least a tenth of it
    /// @param trouble the share of loads and unloads that fail, and of looks that find changes
    record World(Duration load, Duration unload, Duration service, double trouble) {}

    private record Due(Instant at, long number, Runnable what) {}

    private final Roster roster;
    private final Residency.Rules rules;
    private final Map<String, Long> sizes = new HashMap<>();
    private final World world;
    private final Random random;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private final Map<Long, String> models = new HashMap<>();
    private final Map<Long, Instant> asked = new HashMap<>();
    private final Map<Long, String> running = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private final Set<Long> given = new HashSet<>();
    private final Set<Long> left = new HashSet<>();
    private final Set<String> loaded = new HashSet<>();
    private final Set<String> moving = new HashSet<>();
    private final Map<String, Instant> missed = new HashMap<>();
    private final List<Duration> waits = new ArrayList<>();
    private Duration longestMiss = Duration.ZERO;
    private Instant now = START;
    private Instant armed = Instant.MAX;
    private int loads;
    private long numbers;

    RosterSimulation(
            Residency.Rules rules,
            List<Residency.Lodger> lodgers,
            List<String> defaults,
            World world,
            long seed) {
        this.roster = new Roster(rules, lodgers, defaults);
        this.rules = rules;
        this.world = world;
        this.random = new Random(seed);
        lodgers.forEach(it -> {
            Long bytes = it.bytes();
            sizes.put(it.model(), bytes == null ? rules.memory() : bytes);
        });
    }

    /// A request at that time after the start.
    long ask(String model, Duration after, Duration patience) {
        long ticket = ++numbers;
        models.put(ticket, model);
        at(
                START.plus(after),
                () -> {
                    asked.put(ticket, now);
                    feed(
                            new RosterEvent.Wanted(
                                    now, ticket, model, now.plus(patience), now.plus(patience)));
                });
        return ticket;
    }

    /// Its client leaves, wherever it is.
    void leave(long ticket, Duration after) {
        at(START.plus(after), () -> end(ticket));
    }

    /// Somebody looks at the runtime, which has put a model out by itself now and then.
    void look(Duration after) {
        at(
                START.plus(after),
                () -> {
                    if (random.nextDouble() < world.trouble()) {
                        loaded.removeIf(it -> random.nextBoolean());
                    }
                    var held = new ArrayList<RuntimeView.Held>();
                    for (String model : loaded) {
                        var size = new RuntimeView.Size(sizes.get(model), null, null);
                        held.add(
                                new RuntimeView.Held(
                                        model,
                                        RuntimeView.Phase.READY,
                                        size,
                                        null,
                                        RuntimeView.Load.UNKNOWN));
                    }
                    var view = new RuntimeView(null, List.of(), held, null, null);
                    feed(new RosterEvent.Observed(now, now, view));
                });
    }

    void tick(Duration after) {
        at(START.plus(after), () -> feed(new RosterEvent.Tick(now)));
    }

    /// Runs until nothing is left to happen, or for so many steps at most.
    RosterSimulation run(int most) {
        int steps = 0;
        while (!due.isEmpty()) {
            assertThat(++steps).as("steps").isLessThan(most);
            Due next = due.remove();
            now = next.at();
            next.what().run();
        }
        return this;
    }

    private void at(Instant when, Runnable what) {
        due.add(new Due(when, ++numbers, what));
    }

    private void feed(RosterEvent event) {
        for (RosterAction action : roster.on(event)) {
            switch (action) {
                case Load(String model) -> load(model);
                case Unload(String model) -> unload(model);
                case Renew(String model) ->
                        assertThat(moving).as("renewed on its way out").doesNotContain("-" + model);
                case Grant(long ticket) -> grant(ticket);
                case Refuse(long ticket, Failure _) -> {
                    assertThat(given.contains(ticket)).as("refused after a grant").isFalse();
                    assertThat(refused.add(ticket)).as("refused twice").isTrue();
                }
            }
        }
        note();
        roster.wake()
                .ifPresent(it -> {
                    assertThat(it).isAfter(now);
                    if (!it.equals(armed) && busy()) {
                        armed = it;
                        at(it, () -> feed(new RosterEvent.Tick(now)));
                    }
                });
    }

    /// Whether somebody still waits for something.
    private boolean busy() {
        return !moving.isEmpty()
                || roster.glimpse().values().stream().anyMatch(it -> it.waiters() > 0);
    }

    private void load(String model) {
        assertThat(moving).as("one load at a time").noneMatch(it -> it.startsWith("+"));
        assertThat(loaded).doesNotContain(model);
        long used = size(model);
        for (String each : loaded) {
            used += size(each);
        }
        for (String each : moving) {
            used += loaded.contains(each.substring(1)) ? 0 : size(each.substring(1));
        }
        assertThat(used).as("memory with " + model).isLessThanOrEqualTo(rules.memory());
        assertThat(loaded.size() + 1).isLessThanOrEqualTo(rules.most());
        loads++;
        moving.add("+" + model);
        at(
                now.plus(world.load()),
                () -> {
                    moving.remove("+" + model);
                    if (random.nextDouble() < world.trouble()) {
                        var why = new Failure.Broken("no", Failure.Fault.SERVER_ERROR);
                        feed(new RosterEvent.NotLoaded(now, model, why));
                    } else {
                        loaded.add(model);
                        feed(new RosterEvent.Loaded(now, model));
                    }
                });
    }

    private long size(String model) {
        return Math.min(sizes.getOrDefault(model, 0L), rules.memory());
    }

    private void unload(String model) {
        assertThat(running.values()).as("swapped while used").doesNotContain(model);
        moving.add("-" + model);
        at(
                now.plus(world.unload()),
                () -> {
                    moving.remove("-" + model);
                    if (random.nextDouble() < world.trouble()) {
                        var why = new Failure.Broken("no", Failure.Fault.SERVER_ERROR);
                        feed(new RosterEvent.NotUnloaded(now, model, why));
                    } else {
                        loaded.remove(model);
                        feed(new RosterEvent.Unloaded(now, model));
                    }
                });
    }

    private void grant(long ticket) {
        String model = models.get(ticket);
        assertThat(refused.contains(ticket)).as("granted after a refusal").isFalse();
        assertThat(left.contains(ticket)).as("granted after it left").isFalse();
        assertThat(given.add(ticket)).as("granted twice").isTrue();
        assertThat(moving).as("granted while it leaves").doesNotContain("-" + model);
        if (world.trouble() == 0) {
            assertThat(loaded).contains(model);
        }
        waits.add(Duration.between(asked.get(ticket), now));
        running.put(ticket, model);
        double share = .1 + .9 * random.nextDouble();
        at(now.plusNanos((long) (world.service().toNanos() * share)), () -> end(ticket));
    }

    private void end(long ticket) {
        if (asked.containsKey(ticket) && left.add(ticket)) {
            running.remove(ticket);
            feed(new RosterEvent.Left(now, ticket));
        }
    }

    /// Measures for how long each model is missed.
    private void note() {
        roster.glimpse()
                .forEach((model, it) -> {
                    boolean there = it.state() == Berth.State.LOADED;
                    if (it.waiters() == 0 || there) {
                        Instant since = missed.remove(model);
                        if (since != null && there) {
                            Duration took = Duration.between(since, now);
                            longestMiss = took.compareTo(longestMiss) > 0 ? took : longestMiss;
                        }
                    } else {
                        missed.putIfAbsent(model, now);
                    }
                });
    }

    int loads() {
        return loads;
    }

    int granted() {
        return given.size();
    }

    int refused() {
        return refused.size();
    }

    /// Requests that were asked, did not leave and heard nothing.
    long forgotten() {
        return asked.keySet().stream()
                .filter(it -> !given.contains(it) && !refused.contains(it) && !left.contains(it))
                .count();
    }

    Duration elapsed() {
        return Duration.between(START, now);
    }

    /// The longest time for which a model was missed before it was there.
    Duration longestMiss() {
        return longestMiss;
    }

    /// The wait that this share of the requests did not exceed.
    Duration waited(double share) {
        List<Duration> sorted = waits.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    Set<String> inMemory() {
        return loaded;
    }
}
