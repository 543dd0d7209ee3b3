package dev.tierwise.experience;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes events down and learns from them, in this order, in a thread of its own. While the disk
/// takes nothing, nothing is learned: what is known in memory is never more than what a restart
/// would find.
final class Keeper implements Runnable {
    private static final System.Logger LOG = System.getLogger("tierwise.router");
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// A version is kept after so many events, but no more often than that,
    private static final int EVENTS_OF_A_VERSION = 500;

    private static final Duration AGE_OF_A_VERSION = Duration.ofMinutes(10);

    /// unless there are so many of them that a restart would take long.
    private static final int MOST_EVENTS = 20_000;

    /// Pauses after which a folder that could not be used is tried again.
    private static final int PAUSES_OF_A_TRY = 25;

    private final Inbox inbox;
    private final Guarantees guarantees;
    private final Outfit outfit;
    private final CountDownLatch over = new CountDownLatch(1);
    private Past past;
    private @Nullable Desk desk;
    private int pauses;
    private boolean ended;
    private volatile Shown shown;
    private volatile @Nullable String trouble;

    /// What a keeper works with.
    ///
    /// @param folder where things are written down; null when they are not
    /// @param learns whether anything is to be learned at all
    /// @param clock time
    /// @param alarmed told of alarms
    record Outfit(@Nullable Path folder, boolean learns, Clock clock, Consumer<Alarm> alarmed) {}

    /// What others see.
    record Shown(View view, List<Status.Learned> learned, List<Alarm> alarms, long examples) {}

    /// Reads what was learned and takes the folder, if that can be done.
    Keeper(Inbox inbox, Guarantees guarantees, Outfit outfit) {
        this.inbox = inbox;
        this.guarantees = guarantees;
        this.outfit = outfit;
        this.past = new Past(null);
        Path folder = outfit.folder;
        if (folder != null && outfit.learns) {
            enter(folder);
        }
        if (folder != null && desk == null) {
            read(folder);
        }
        this.shown = show();
    }

    Shown shown() {
        return shown;
    }

    @Nullable String trouble() {
        return trouble;
    }

    CountDownLatch over() {
        return over;
    }

    @Override
    public void run() {
        var batch = new ArrayList<Inbox.Item>();
        try {
            while (!ended) {
                inbox.take(batch, PAUSE);
                work(batch);
                batch.clear();
            }
            keepRest();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (desk != null) {
                desk.close();
            }
            over.countDown();
        }
    }

    /// A fault of our own must not end learning for good, nor leave anybody waiting.
    private void work(List<Inbox.Item> batch) {
        try {
            handle(batch);
            tryAgain();
            wish();
        } catch (RuntimeException bug) {
            StackTraceElement[] at = bug.getStackTrace();
            LOG.log(
                    Level.ERROR,
                    "router bug={0} at={1}",
                    bug.getClass().getName(),
                    at.length == 0 ? "?" : at[0]);
            for (Inbox.Item item : batch) {
                if (item instanceof Inbox.Item.Turn(_, var told)) {
                    told.complete(
                            new Change.Refused("a fault of Tierwise; its log names the place"));
                } else if (item instanceof Inbox.Item.Mark(CountDownLatch reached)) {
                    reached.countDown();
                }
            }
        }
    }

    /// Takes the folder and reads what it says; tells what is wrong when that cannot be done.
    private void enter(Path folder) {
        try {
            Desk taken = Desk.take(folder);
            if (taken == null) {
                complain(
                        "another process learns in "
                                + folder
                                + ": this one uses what was learned and learns nothing itself until"
                                + " that one has ended");
                return;
            }
            try {
                past = Past.read(folder);
            } catch (IOException e) {
                taken.close();
                throw e;
            }
            desk = taken;
            mended();
        } catch (IOException e) {
            complain(unusable(folder, e));
        }
    }

    private void read(Path folder) {
        try {
            past = Past.read(folder);
        } catch (IOException e) {
            complain(unusable(folder, e));
        }
    }

    private static String unusable(Path folder, IOException fault) {
        return "the router's folder "
                + folder
                + " cannot be used ("
                + fault
                + "): nothing is learned, requests are answered as before. Free some space there,"
                + " or let this user read and write it";
    }

    /// Another process may have ended, or somebody may have mended the folder.
    private void tryAgain() {
        Path folder = outfit.folder;
        if (folder != null && outfit.learns && desk == null && ++pauses >= PAUSES_OF_A_TRY) {
            pauses = 0;
            enter(folder);
            if (desk != null) {
                publish();
            }
        }
    }

    /// Whether what comes can be learned.
    private boolean idle() {
        return !outfit.learns || (outfit.folder != null && desk == null);
    }

    private void handle(List<Inbox.Item> batch) {
        var events = new ArrayList<Event>();
        for (Inbox.Item item : batch) {
            switch (item) {
                case Inbox.Item.Note(Event event) -> events.add(event);
                case Inbox.Item.Seen(Answered answer) ->
                        past.knowledge().watch().see(answer).ifPresent(events::add);
                case Inbox.Item.Turn(long to, var told) -> {
                    commit(events);
                    told.complete(turn(to));
                }
                case Inbox.Item.Mark(CountDownLatch reached) -> {
                    commit(events);
                    reached.countDown();
                }
                case Inbox.Item.End _ -> ended = true;
            }
        }
        commit(events);
    }

    /// Writes events down and learns from them.
    private void commit(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        if (idle()) {
            inbox.drop(events.size());
            events.clear();
            return;
        }
        boolean rolled;
        try {
            rolled = desk != null && desk.write(past.event() + 1, events);
            mended();
        } catch (IOException e) {
            complain(e);
            inbox.drop(events.size());
            events.clear();
            return;
        }
        for (Event event : events) {
            past.apply(past.event() + 1, event);
            if (event instanceof Event.Drifted(Alarm alarm, _)) {
                LOG.log(Level.WARNING, "traffic has drifted: {0}", alarm.words());
                outfit.alarmed.accept(alarm);
            }
        }
        events.clear();
        publish();
        if (rolled || due()) {
            keep("learned");
        }
    }

    private boolean due() {
        Instant last = past.keptAt();
        return past.unkept() >= MOST_EVENTS
                || (past.unkept() >= EVENTS_OF_A_VERSION
                        && !outfit.clock.instant().isBefore(last.plus(AGE_OF_A_VERSION)));
    }

    private void publish() {
        shown = show();
        guarantees.refresh(shown.view);
    }

    private Shown show() {
        return new Shown(
                past.view(),
                past.learned(),
                List.copyOf(past.alarms()),
                past.knowledge().examples());
    }

    /// Goes back to a version; the state that is left is kept as one first.
    private Change turn(long to) {
        if (idle()) {
            return new Change.Refused(String.valueOf(trouble));
        }
        if (to != 0 && past.find(to).isEmpty()) {
            return noSuchVersion(to);
        }
        if (past.unkept() > 0 && desk != null && !keep("learned")) {
            return new Change.Refused(String.valueOf(trouble));
        }
        var event = new Event.Turned(outfit.clock.instant(), past.version() + 1, to);
        try {
            if (desk != null) {
                desk.write(past.event() + 1, List.of(event));
            }
        } catch (IOException e) {
            complain(e);
            return new Change.Refused(String.valueOf(trouble));
        }
        past.apply(past.event() + 1, event);
        publish();
        Version version = version(event.made(), event.cause());
        keep(version);
        LOG.log(Level.INFO, "router: {0}, now version {1}", event.cause(), version.number());
        return new Change.Done(version);
    }

    static Change noSuchVersion(long to) {
        return new Change.Refused(
                "version "
                        + to
                        + " is not there or is damaged; `./tw router history` lists those that can"
                        + " be gone back to");
    }

    private Version version(long number, String cause) {
        return new Version(
                number, outfit.clock.instant(), cause, past.knowledge().examples(), true);
    }

    private boolean keep(String cause) {
        return keep(version(past.version() + 1, cause));
    }

    private boolean keep(Version version) {
        try {
            if (desk != null) {
                desk.keep(version, past);
            }
            past.kept(version);
            mended();
            return true;
        } catch (IOException e) {
            complain(e);
            return false;
        }
    }

    private void keepRest() {
        if (desk != null && past.unkept() > 0) {
            keep("learned");
        }
    }

    /// Does what another process wishes.
    private void wish() {
        OptionalLong wish = desk == null ? OptionalLong.empty() : desk.wish();
        if (desk != null && wish.isPresent()) {
            if (turn(wish.getAsLong()) instanceof Change.Refused(String message)) {
                LOG.log(Level.WARNING, "router: {0}", message);
            }
            desk.dropWish();
        }
    }

    private void complain(IOException fault) {
        complain(unusable(Objects.requireNonNull(outfit.folder), fault));
    }

    private void complain(String found) {
        if (trouble == null) {
            LOG.log(Level.WARNING, found);
        }
        trouble = found;
    }

    private void mended() {
        if (trouble != null) {
            LOG.log(Level.INFO, "the router learns again");
            trouble = null;
        }
    }
}
