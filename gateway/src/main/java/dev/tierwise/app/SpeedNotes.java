package dev.tierwise.app;

import dev.tierwise.call.Model;
import dev.tierwise.core.ModelCard;
import dev.tierwise.flow.Setup;
import dev.tierwise.machine.Detection;
import dev.tierwise.machine.Owned;
import dev.tierwise.machine.Probes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notes how fast the models of this machine have answered, so that `./tw fit` shows what was
/// measured here and not what was estimated. Thread-safe; blocks for the disk.
final class SpeedNotes {
    private static final System.Logger LOG = System.getLogger("tierwise.speeds");

    private final Owned owned;
    private final Clock clock;
    private final Map<String, Instant> noted = new HashMap<>();
    private @Nullable String machine;

    SpeedNotes(Path file, Clock clock) {
        this.owned = new Owned(file);
        this.clock = clock;
    }

    /// Where they are kept, beside a ledger.
    static Path beside(Path ledger) {
        return ledger.toAbsolutePath().resolveSibling("speeds.jsonl");
    }

    /// Notes what is new: one speed of each model that has answered since the last time, where no
    /// other request ran beside it.
    synchronized void look(Setup setup) {
        for (ModelCard card : setup.router().models()) {
            Model model = setup.models().get(card.name());
            if (model != null && card.zone().equals(ModelCard.HOST)) {
                note(card, model.standing());
            }
        }
    }

    private void note(ModelCard card, Model.Standing standing) {
        Instant used = standing.lastUsed();
        boolean fresh = used != null && !used.equals(noted.get(card.name()));
        if (!fresh || standing.running() > 0 || Double.isNaN(standing.tokensPerSecond())) {
            return;
        }
        noted.put(card.name(), used);
        if (machine == null) {
            machine = Detection.of(Probes.real(), Detection.Effort.READ).machine().name();
        }
        owned.record(
                        new Owned.Speed(
                                card.remoteName(),
                                "",
                                machine,
                                standing.tokensPerSecond(),
                                1,
                                clock.instant()))
                .ifPresent(why ->
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "the speed of {0} was not noted: {1}",
                                card.name(),
                                why));
    }
}
