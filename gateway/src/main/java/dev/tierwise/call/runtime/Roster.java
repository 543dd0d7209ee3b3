package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.Berth.State;
import dev.tierwise.call.runtime.Berth.Waiter;
import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.Residency.Rules;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who gets which model of one runtime, and which models are in memory for that. Events go in,
/// actions come out; it has no clock, no thread and no lock of its own.
///
/// - A model with requests on their way to it is never unloaded.
/// - What is loading, or on its way out, takes its memory; one load at a time.
/// - Requests for the model in memory go on until another model has been missed for [Rules#turn];
///   then it takes no more, ends what it has, and makes room. A model stays at least for
///   [Rules#stay]. So those who wait for one model are served together.
/// - Models that are missed come in the order in which they began to be missed, so each of `k`
///   models is loaded at most once before any other that is missed meanwhile. With room for one and
///   every request and load ending within `d`, nobody waits longer for the load of a model than
///   `turn + (k + 1) (stay + 3 d)`.
/// - With room for one, loads are `stay` apart: at most `1 + r / stay` of them in a time `r`.
final class Roster {
    private Rules rules;
    private List<String> defaults;
    private final Map<String, Berth> berths = new LinkedHashMap<>();
    private final Space space;
    private final Map<Long, Berth> running = new HashMap<>();
    private final Map<Long, Berth> waiting = new HashMap<>();
    private final Set<Berth> leaving = new HashSet<>();
    private final List<RosterAction> actions = new ArrayList<>();
    private Instant now = Instant.MIN;
    private @Nullable Berth arrived;

    /// @param rules how models are shared out
    /// @param lodgers the models that may be loaded: only such as run here
    /// @param defaults those that are loaded at the start and come back, most wanted first
    Roster(Rules rules, List<Lodger> lodgers, List<String> defaults) {
        this.rules = rules;
        this.space = new Space(berths.values(), rules);
        this.defaults = List.copyOf(defaults);
        lodgers.forEach(it -> berths.put(it.model(), new Berth(it, true, Instant.MIN)));
    }

    /// Takes one event in; time that goes back counts as standing still.
    ///
    /// @return what is to be done, in this order
    List<RosterAction> on(RosterEvent event) {
        now = event.at().isAfter(now) ? event.at() : now;
        space.clock(now);
        switch (event) {
            case RosterEvent.Tick _ -> {}
            case RosterEvent.Wanted wanted -> wanted(wanted);
            case RosterEvent.Left(_, long ticket) -> left(ticket);
            case RosterEvent.Loaded(_, String model) -> loaded(model);
            case RosterEvent.NotLoaded(_, String model, Failure why) -> notLoaded(model, why);
            case RosterEvent.Unloaded(_, String model) -> gone(model, State.ABSENT);
            case RosterEvent.NotUnloaded(_, String model, _) -> gone(model, State.LOADED);
            case RosterEvent.Dismissed(_, String model) -> dismissed(model);
            case RosterEvent.Reformed reformed -> reformed(reformed);
            case RosterEvent.Observed observed -> observed(observed);
        }
        expire();
        // those who waited for a model come before those who wait for its memory
        grant();
        arrange();
        grant();
        renew();
        List<RosterAction> wished = List.copyOf(actions);
        actions.clear();
        return wished;
    }

    private void wanted(RosterEvent.Wanted wanted) {
        Berth berth = berths.get(wanted.model());
        if (berth == null || !berth.known()) {
            actions.add(new RosterAction.Refuse(wanted.ticket(), Refusals.unknown(wanted.model())));
            return;
        }
        Failure refusal = refusal(berth);
        if (refusal != null) {
            actions.add(new RosterAction.Refuse(wanted.ticket(), refusal));
            return;
        }
        berth.dismiss(false);
        berth.waiters.addLast(new Waiter(wanted.ticket(), now, wanted.until(), wanted.last()));
        waiting.put(wanted.ticket(), berth);
    }

    private @Nullable Failure refusal(Berth berth) {
        if (exceeds(berth)) {
            return Refusals.tooLarge(berth, rules.memory());
        }
        Failure failed = berth.loaded() ? null : berth.resting(now);
        if (failed == null && waiting.size() >= rules.queue()) {
            return Refusals.full(rules.queue());
        }
        return failed;
    }

    /// Whether it needs more than the user has given; a limit that is only estimated does not keep
    /// a model out, it is loaded alone then.
    private boolean exceeds(Berth berth) {
        return rules.firm() && berth.exceeds(rules.memory());
    }

    private void left(long ticket) {
        Berth used = running.remove(ticket);
        if (used != null) {
            used.givenBack(now);
        }
        Berth missed = waiting.remove(ticket);
        if (missed != null) {
            missed.waiters.removeIf(it -> it.ticket() == ticket);
        }
    }

    private void loaded(String model) {
        Berth berth = berths.get(model);
        if (berth != null && berth.state() == State.LOADING) {
            berth.succeeded(now);
            arrived = berth;
        }
    }

    private void notLoaded(String model, Failure why) {
        Berth berth = berths.get(model);
        if (berth != null && berth.state() == State.LOADING) {
            berth.failed(why, now).forEach(it -> refuse(it, why));
        }
    }

    private void gone(String model, State next) {
        Berth berth = berths.get(model);
        if (berth != null && berth.state() == State.UNLOADING) {
            berth.turn(next, now);
        }
    }

    private void dismissed(String model) {
        Berth berth = berths.get(model);
        if (berth != null) {
            berth.dismiss(true);
            if (berth.loaded() && berth.users() == 0 && !berth.lent()) {
                unload(berth);
            }
        }
    }

    private void reformed(RosterEvent.Reformed to) {
        rules = to.rules();
        space.rule(rules);
        defaults = to.defaults();
        berths.values().forEach(it -> it.furnish(null));
        for (Lodger lodger : to.lodgers()) {
            berths.computeIfAbsent(lodger.model(), _ -> new Berth(lodger, true, Instant.MIN))
                    .furnish(lodger);
        }
        forget();
    }

    private void forget() {
        berths.values()
                .removeIf(it -> !it.known() && it.state() == State.ABSENT && it.waiters.isEmpty());
    }

    private void refuse(Waiter waiter, Failure why) {
        waiting.remove(waiter.ticket());
        actions.add(new RosterAction.Refuse(waiter.ticket(), why));
    }

    /// What others did with the runtime, and what it did by itself.
    private void observed(RosterEvent.Observed observed) {
        Map<String, RuntimeView.Held> there = new LinkedHashMap<>();
        observed.view().memory().forEach(it -> there.put(it.name(), it));
        for (RuntimeView.Held held : there.values()) {
            Berth berth =
                    berths.computeIfAbsent(
                            held.name(),
                            name -> new Berth(new Lodger(name, null, 1, null), false, Instant.MIN));
            berth.seen(held);
        }
        berths.values().forEach(Berth::answered);
        long before = space.taken();
        for (Berth berth : berths.values()) {
            if (berth.changed().isBefore(observed.begun())) {
                settle(berth, there.get(berth.model), before);
            }
        }
        Berth last = arrived;
        if (last != null && last.changed().isBefore(observed.begun())) {
            arrived = null;
        }
        forget();
    }

    /// @param before bytes that were thought to be taken
    private void settle(Berth berth, RuntimeView.@Nullable Held held, long before) {
        boolean coming = held != null && held.phase() == RuntimeView.Phase.LOADING;
        switch (berth.state()) {
            case LOADING, UNLOADING -> {}
            case ABSENT, ARRIVING -> {
                State next = held == null ? State.ABSENT : coming ? State.ARRIVING : State.LOADED;
                if (next != berth.state()) {
                    berth.turn(next, now);
                }
            }
            case LOADED -> {
                if (held == null) {
                    crowded(berth, before);
                    berth.vanish(now);
                } else if (coming) {
                    berth.turn(State.ARRIVING, now);
                }
            }
        }
    }

    /// A model that leaves by itself when another has been loaded says that there was no room for
    /// both: from then on the two are not taken to fit.
    private void crowded(Berth gone, long before) {
        Berth last = arrived;
        if (last != null && last != gone && last.loaded() && !gone.expired(now)) {
            space.tooMuch(before);
        }
    }

    private void expire() {
        for (Berth berth : berths.values()) {
            for (Waiter waiter : berth.late(now)) {
                refuse(waiter, Refusals.late(berth));
            }
        }
    }

    /// Decides what is loaded and unloaded now.
    private void arrange() {
        Set<Berth> before = Set.copyOf(leaving);
        leaving.clear();
        retire();
        if (is(State.LOADING)) {
            return;
        }
        List<Berth> missed = missed();
        if (missed.isEmpty()) {
            bringBack();
            return;
        }
        Berth first = missed.getFirst();
        if (makeRoom(first, before) || overdue(first) || is(State.UNLOADING)) {
            return;
        }
        missed.stream().filter(space::hasRoomFor).findFirst().ifPresent(this::load);
    }

    /// Those that are missed and could be loaded, first whose turn it is.
    private List<Berth> missed() {
        return berths.values().stream()
                .filter(it -> it.state() == State.ABSENT && !it.waiters.isEmpty())
                .sorted(
                        Comparator.comparing((Berth it) -> !overdue(it))
                                .thenComparing(it -> !overdue(it) && !isAkin(it))
                                .thenComparing(Berth::missed))
                .toList();
    }

    private boolean overdue(Berth berth) {
        return !berth.missed().plus(rules.turn()).isAfter(now);
    }

    private boolean isAkin(Berth berth) {
        String base = berth.base();
        return base != null
                && berths.values().stream()
                        .anyMatch(it ->
                                it.loaded() && (base.equals(it.base()) || base.equals(it.model)));
    }

    private boolean is(State state) {
        return berths.values().stream().anyMatch(it -> it.state() == state);
    }

    private void load(Berth berth) {
        berth.turn(State.LOADING, now);
        actions.add(new RosterAction.Load(berth.model));
    }

    private void unload(Berth berth) {
        berth.turn(State.UNLOADING, now);
        actions.add(new RosterAction.Unload(berth.model));
    }

    /// Loads a model, or sees to it that it can be loaded; false where that cannot be yet.
    ///
    /// @param before those that were to leave so far: a choice between busy models stands until
    ///   they have ended what they have
    private boolean makeRoom(Berth berth, Set<Berth> before) {
        if (space.hasRoomFor(berth)) {
            load(berth);
            return true;
        }
        List<Berth> onTheirWay =
                berths.values().stream().filter(it -> it.state() == State.UNLOADING).toList();
        if (space.hasRoomFor(berth, onTheirWay)) {
            return true;
        }
        List<Berth> victims = space.fewest(berth, dispensable(berth, before), onTheirWay);
        leaving.addAll(victims);
        victims.forEach(Berth::leave);
        if (victims.stream().allMatch(it -> it.users() == 0)) {
            victims.forEach(this::unload);
        }
        return !victims.isEmpty();
    }

    /// Models that may leave for another, least wanted first.
    private List<Berth> dispensable(Berth berth, Set<Berth> before) {
        boolean must = overdue(berth);
        return berths.values().stream()
                .filter(it -> isSettled(it) && !it.lent() && (must || it.idle()))
                .sorted(
                        Comparator.comparing((Berth it) -> !it.idle())
                                .thenComparing(it -> !before.contains(it))
                                .thenComparing(it -> defaults.contains(it.model))
                                .thenComparing(Berth::idleSince))
                .toList();
    }

    private boolean isSettled(Berth berth) {
        return berth.loaded() && !berth.changed().plus(rules.stay()).isAfter(now);
    }

    /// Unloads what nobody has asked for in a long time.
    private void retire() {
        Duration keep = rules.keep();
        if (keep != null) {
            berths.values().stream()
                    .filter(it -> isIdleFor(it, keep))
                    .toList()
                    .forEach(this::unload);
        }
    }

    private boolean isIdleFor(Berth berth, Duration time) {
        return isSettled(berth)
                && berth.idle()
                && berth.ours()
                && !defaults.contains(berth.model)
                && !berth.idleSince().plus(time).isAfter(now);
    }

    /// Loads the defaults where there is room, and makes some when all else has rested.
    private void bringBack() {
        for (String name : defaults) {
            Berth berth = berths.get(name);
            if (berth == null
                    || berth.state() != State.ABSENT
                    || !berth.known()
                    || berth.dismissed()
                    || exceeds(berth)
                    || berth.vanished().plus(rules.rest()).isAfter(now)
                    || berth.resting(now) != null) {
                continue;
            }
            if (space.hasRoomFor(berth)) {
                load(berth);
                return;
            }
            List<Berth> rested =
                    berths.values().stream().filter(it -> isIdleFor(it, rules.rest())).toList();
            if (!is(State.UNLOADING) && !rested.isEmpty() && space.hasRoomFor(berth, rested)) {
                rested.forEach(this::unload);
                return;
            }
        }
    }

    /// Tells the runtime now and then that the defaults are to stay.
    private void renew() {
        Duration every = rules.renew();
        if (every == null) {
            return;
        }
        for (String name : defaults) {
            Berth berth = berths.get(name);
            if (berth != null
                    && berth.loaded()
                    && berth.users() == 0
                    && !leaving.contains(berth)
                    && !berth.silentSince().plus(every).isAfter(now)) {
                berth.renew(now);
                actions.add(new RosterAction.Renew(name));
            }
        }
    }

    private void grant() {
        for (Berth berth : berths.values()) {
            while (berth.loaded()
                    && !leaving.contains(berth)
                    && berth.users() < berth.slots()
                    && !berth.waiters.isEmpty()) {
                Waiter next = berth.waiters.removeFirst();
                waiting.remove(next.ticket());
                running.put(next.ticket(), berth);
                berth.taken(now);
                actions.add(new RosterAction.Grant(next.ticket()));
            }
        }
    }

    /// The next moment at which time alone changes something; empty for never.
    Optional<Instant> wake() {
        var moments = new ArrayList<Instant>();
        for (Berth berth : berths.values()) {
            if (!berth.waiters.isEmpty()) {
                moments.add(berth.firstLimit());
                moments.add(berth.missed().plus(rules.turn()));
            }
            moments.add(berth.again());
            moments.add(berth.vanished().plus(rules.rest()));
            if (berth.loaded()) {
                moments.add(berth.changed().plus(rules.stay()));
                moments.add(berth.idleSince().plus(rules.rest()));
                Duration keep = rules.keep();
                if (keep != null) {
                    moments.add(berth.idleSince().plus(keep));
                }
                Duration every = rules.renew();
                if (every != null && defaults.contains(berth.model)) {
                    moments.add(berth.silentSince().plus(every));
                }
            }
        }
        return moments.stream().filter(it -> it.isAfter(now)).min(Comparator.naturalOrder());
    }

    /// Whether nobody uses a model or waits for one.
    boolean isQuiet() {
        return running.isEmpty() && waiting.isEmpty();
    }

    /// Whether a request for it could go on as soon as a slot is free.
    boolean ready(String model) {
        Berth berth = berths.get(model);
        return berth != null && berth.loaded() && !leaving.contains(berth);
    }

    /// Requests that use it.
    int users(String model) {
        Berth berth = berths.get(model);
        return berth == null ? 0 : berth.users();
    }

    /// Whether it is on its way out.
    boolean leaves(String model) {
        Berth berth = berths.get(model);
        return berth != null && berth.state() == State.UNLOADING;
    }

    /// How things stand with a model.
    ///
    /// @param state where it is
    /// @param users requests that use it
    /// @param waiters requests that wait for it
    /// @param known whether requests may have it
    record Glimpse(State state, int users, int waiters, boolean known) {}

    /// How things stand with each model.
    Map<String, Glimpse> glimpse() {
        var all = new LinkedHashMap<String, Glimpse>();
        berths.forEach((name, it) ->
                all.put(name, new Glimpse(it.state(), it.users(), it.waiters.size(), it.known())));
        return all;
    }
}
