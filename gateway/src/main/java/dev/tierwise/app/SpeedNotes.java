package dev.tierwise.app;

import dev.tierwise.call.Model;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Quantisation;
import dev.tierwise.fit.Shapes;
import dev.tierwise.fit.Speed;
import dev.tierwise.flow.Setup;
import dev.tierwise.machine.Detection;
import dev.tierwise.machine.Owned;
import dev.tierwise.machine.Probes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
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

    /// The speeds that were noted of models whose shape is known, on a machine of that name. A
    /// model's name tells its quantisation where it is not the usual one.
    static Map<Speed.Own, Figure> read(Path file, Shapes shapes, String machine) {
        var owned = new Owned(file);
        var speeds = new HashMap<Speed.Own, Figure>();
        for (Owned.Speed each : owned.all()) {
            ModelShape shape = shapes.named(each.model()).orElse(null);
            Figure best = owned.best(each.model(), machine).orElse(null);
            if (shape != null && best != null) {
                speeds.put(new Speed.Own(shape.id(), quantisation(each.model(), shape)), best);
            }
        }
        return speeds;
    }

    /// The quantisation that a model's name tells, or the usual one.
    static Quantisation quantisation(String name, ModelShape shape) {
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Quantisation.values())
                .filter(kind ->
                        upper.endsWith("_" + kind.name()) || upper.endsWith(":" + kind.name()))
                .findFirst()
                .orElse(shape.usual());
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
