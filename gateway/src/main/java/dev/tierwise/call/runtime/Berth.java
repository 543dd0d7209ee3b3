package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one model of a runtime stands: where it is, who uses it and who waits for it. Changed by its
/// [Roster] alone.
final class Berth {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    final String model;
    private int slots;
    private @Nullable String base;
    private boolean known;

    final Deque<Waiter> waiters = new ArrayDeque<>();
    private @Nullable Long bytes;
    private State state = State.ABSENT;
    private Instant changed;
    private Instant used;
    private int users;
    private int mostUsers;
    private int strangers;
    private boolean ours;
    private boolean measured;
    private boolean dismissed;
    private Instant vanished = Instant.MIN;
    private Instant renewed = Instant.MIN;
    private @Nullable Instant until;
    private @Nullable Failure failure;
    private Instant again = Instant.MIN;
    private Duration pause = FIRST_PAUSE;

    /// Where a model is.
    enum State {
        /// Not in memory.
        ABSENT,
        /// On its way, as it was told to.
        LOADING,
        /// On its way for others.
        ARRIVING,
        /// In memory.
        LOADED,
        /// On its way out.
        UNLOADING
    }

    /// A request that waits.
    ///
    /// @param until when it gives up
    /// @param last when it would give up had it asked for a model that is not there
    record Waiter(long ticket, Instant since, Instant until, Instant last) {}

    Berth(Lodger lodger, boolean known, Instant now) {
        this.model = lodger.model();
        this.slots = lodger.slots();
        this.base = lodger.base();
        this.bytes = lodger.bytes();
        this.known = known;
        this.changed = now;
        this.used = now;
    }

    /// Takes over what is known of it now.
    ///
    /// @param lodger null where requests may not have it any more
    void furnish(@Nullable Lodger lodger) {
        known = lodger != null;
        if (lodger != null) {
            slots = lodger.slots();
            base = lodger.base();
            bytes = measured || lodger.bytes() == null ? bytes : lodger.bytes();
        }
    }

    int slots() {
        return slots;
    }

    @Nullable String base() {
        return base;
    }

    /// Whether requests may have it; others only take memory.
    boolean known() {
        return known;
    }

    State state() {
        return state;
    }

    boolean loaded() {
        return state == State.LOADED;
    }

    void turn(State next, Instant now) {
        if (next == State.LOADED && state != State.UNLOADING) {
            ours = state == State.LOADING;
            used = now;
            vanished = Instant.MIN;
        }
        if (next == State.ABSENT) {
            strangers = 0;
        }
        state = next;
        changed = now;
    }

    /// It has left without having been told to.
    void vanish(Instant now) {
        leave();
        turn(State.ABSENT, now);
        vanished = now;
    }

    Instant vanished() {
        return vanished;
    }

    /// Whether its runtime meant to let it go by now.
    boolean expired(Instant now) {
        return until != null && !until.isAfter(now);
    }

    /// Whether somebody wanted it out, and nobody has asked for it since.
    boolean dismissed() {
        return dismissed;
    }

    void dismiss(boolean out) {
        dismissed = out;
    }

    void renew(Instant now) {
        renewed = now;
    }

    /// Since when its runtime has heard nothing of it.
    Instant silentSince() {
        Instant idle = idleSince();
        return idle.isAfter(renewed) ? idle : renewed;
    }

    Instant changed() {
        return changed;
    }

    int users() {
        return users;
    }

    void taken(Instant now) {
        users++;
        mostUsers = Math.max(mostUsers, users);
        used = now;
    }

    void givenBack(Instant now) {
        users--;
        used = now;
    }

    /// Whether nobody uses it or waits for it, as far as is known.
    boolean idle() {
        return users == 0 && waiters.isEmpty() && strangers == 0;
    }

    /// Whether a request uses it that did not come through here.
    boolean lent() {
        return strangers > 0;
    }

    boolean ours() {
        return ours;
    }

    Instant idleSince() {
        return used.isAfter(changed) ? used : changed;
    }

    /// Since when somebody waits without this model being there; later than now for nobody.
    Instant missed() {
        Waiter oldest = waiters.peekFirst();
        if (oldest == null) {
            return Instant.MAX;
        }
        return state == State.ABSENT && changed.isAfter(oldest.since) ? changed : oldest.since;
    }

    /// When the first of those who wait gives up.
    Instant firstLimit() {
        Instant first = Instant.MAX;
        for (Waiter waiter : waiters) {
            first = waiter.until.isBefore(first) ? waiter.until : first;
        }
        return first;
    }

    /// The model leaves while they wait: they wait for it to be loaded now, no more for a slot.
    void leave() {
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        for (Waiter it : all) {
            Instant until = it.last.isAfter(it.until) ? it.last : it.until;
            waiters.add(new Waiter(it.ticket, it.since, until, it.last));
        }
    }

    /// Those who have waited too long, who wait no more.
    List<Waiter> late(Instant now) {
        if (waiters.isEmpty() || firstLimit().isAfter(now)) {
            return List.of();
        }
        var late = new ArrayList<Waiter>();
        for (Waiter waiter : waiters) {
            if (!waiter.until.isAfter(now)) {
                late.add(waiter);
            }
        }
        waiters.removeAll(late);
        return late;
    }

    /// Bytes that it takes or would take, at most `all`; where that is not known, `all`.
    long need(long all) {
        Long known = bytes;
        return known == null ? all : Math.min(known, all);
    }

    boolean exceeds(long all) {
        Long known = bytes;
        return known != null && known > all;
    }

    @Nullable Long bytes() {
        return bytes;
    }

    void seen(RuntimeView.Held held) {
        Long size = held.size().bytes();
        if (size != null && size > 0) {
            bytes = size;
            measured = true;
        }
        until = held.until();
        Integer busy = held.load().busy();
        // a look takes a while, in which requests of ours may have ended
        strangers = busy == null ? 0 : Math.max(0, busy - mostUsers);
        mostUsers = users;
    }

    /// Why a load is not tried again yet; null where it can be.
    @Nullable Failure resting(Instant now) {
        return now.isBefore(again) ? failure : null;
    }

    /// Its runtime answers: a load that failed because it did not can be tried again at once.
    void answered() {
        boolean away =
                failure instanceof Failure.Broken(_, Failure.Fault fault)
                        && fault == Failure.Fault.REFUSED;
        if (away) {
            failure = null;
            again = Instant.MIN;
            pause = FIRST_PAUSE;
        }
    }

    Instant again() {
        return again;
    }

    /// A load has failed.
    ///
    /// @return those who waited for it
    List<Waiter> failed(Failure why, Instant now) {
        turn(State.ABSENT, now);
        failure = why;
        again = now.plus(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        var all = new ArrayList<>(waiters);
        waiters.clear();
        return all;
    }

    void succeeded(Instant now) {
        turn(State.LOADED, now);
        failure = null;
        again = Instant.MIN;
        pause = FIRST_PAUSE;
    }
}
