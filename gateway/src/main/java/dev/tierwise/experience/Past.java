package dev.tierwise.experience;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was learned and how far it has come: the newest version of a folder, and the events behind
/// it. For one thread.
final class Past {
    private static final System.Logger LOG = System.getLogger("tierwise.router");
    private static final int MOST_ALARMS = 50;

    private final @Nullable Shelf shelf;
    private final List<Alarm> alarms = new ArrayList<>();
    private Knowledge knowledge = new Knowledge();
    private long event;
    private long version;
    private long pairs;
    private long generation;
    private long unkept;
    private Instant keptAt = Instant.EPOCH;

    /// @param shelf where versions are; null when nothing is on disk
    Past(@Nullable Shelf shelf) {
        this.shelf = shelf;
    }

    /// What `folder` says; nothing learned where there is none. Reads only.
    ///
    /// @throws IOException when it is there and cannot be read
    static Past read(Path folder) throws IOException {
        var shelf = new Shelf(folder);
        var past = new Past(shelf);
        shelf.newest(damaged ->
                        LOG.log(
                                Level.WARNING,
                                "version {0} of the router in {1} is damaged; the one before it is"
                                        + " used, and the journal behind that",
                                damaged.number(),
                                folder))
                .ifPresent(past::begin);
        long bad =
                Journal.read(folder, past.event, line -> past.apply(line.number(), line.event()));
        if (bad > 0) {
            LOG.log(
                    Level.WARNING,
                    "lines of the router''s journal in {0} that cannot be read: {1}",
                    folder,
                    bad);
        }
        past.version = Math.max(past.version, shelf.last());
        return past;
    }

    private void begin(Shelf.Kept kept) {
        knowledge = kept.knowledge();
        event = kept.event();
        alarms.addAll(kept.alarms());
        version = kept.version().number();
        keptAt = kept.version().at();
    }

    /// Takes the event of that number in.
    void apply(long number, Event what) {
        event = number;
        unkept++;
        switch (what) {
            case Event.Learn(Example example) -> knowledge.learn(example);
            case Event.Pair(var at, _, var row) -> {
                knowledge.pair(at, row);
                pairs++;
            }
            case Event.Drifted(Alarm alarm, var from) -> {
                alarms.add(alarm);
                if (alarms.size() > MOST_ALARMS) {
                    alarms.removeFirst();
                }
                knowledge.forgetRows(from);
                generation++;
            }
            case Event.Turned turned -> {
                // A version that is gone or damaged leaves nothing learned: the safe side.
                knowledge = find(turned.to()).map(Shelf.Kept::knowledge).orElseGet(Knowledge::new);
                version = Math.max(version, turned.made());
                generation++;
            }
        }
    }

    /// The version of that number, if it is there and good.
    Optional<Shelf.Kept> find(long number) {
        return shelf == null || number == 0 ? Optional.empty() : shelf.find(number);
    }

    /// A version of this state was kept.
    void kept(Version made) {
        version = made.number();
        keptAt = made.at();
        unkept = 0;
    }

    Knowledge knowledge() {
        return knowledge;
    }

    /// The alarms of drift, the newest last.
    List<Alarm> alarms() {
        return alarms;
    }

    /// The number of the last event.
    long event() {
        return event;
    }

    /// The highest number of a version that was given.
    long version() {
        return version;
    }

    /// Events that are part of no version yet.
    long unkept() {
        return unkept;
    }

    /// When the newest version was kept; long ago where there is none.
    Instant keptAt() {
        return keptAt;
    }

    /// What requests are to see.
    View view() {
        return new View(
                View.inForce(knowledge.prompts()),
                View.inForce(knowledge.answers()),
                knowledge.rows(),
                pairs,
                generation);
    }

    /// The corrections, for people.
    List<Status.Learned> learned() {
        var all = new ArrayList<Status.Learned>();
        knowledge.prompts().forEach((model, it) -> all.add(it.status(model, "prompts")));
        knowledge.answers().forEach((model, it) -> all.add(it.status(model, "answers")));
        return List.copyOf(all);
    }
}
