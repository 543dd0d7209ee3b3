package dev.tierwise.guard;

import dev.tierwise.core.Body;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.policy.Decision;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Rule;
import dev.tierwise.policy.Zone;
import dev.tierwise.veil.Veil;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Leave to show one prompt to the models that may see its class of data. Only the guard can make
/// one, and every way to a model takes one: code that would send a prompt without asking the guard
/// does not compile. Thread-safe.
///
/// Not a record: the constructor of a public record cannot be hidden.
public final class Clearance implements AutoCloseable {
    private final Prompt prompt;
    private final Judgement judgement;
    private final Office office;
    private final @Nullable Clearance origin;
    private final List<Permit> permits;
    private final List<Clearance> derived = new CopyOnWriteArrayList<>();

    private Veil.@Nullable Drawn drawn;
    private volatile String doubt = "";

    /// What the guard works with when it is asked again.
    ///
    /// @param derivation makes the leave for another prompt out of one
    record Office(
            Policy policy,
            Scanner scanner,
            Watch watch,
            BiFunction<Clearance, Prompt, Clearance> derivation,
            String requestId) {
        boolean localOnly() {
            return watch.localOnly().isOn();
        }
    }

    Clearance(Prompt prompt, Judgement judgement, Office office) {
        this.prompt = prompt;
        this.judgement = judgement;
        this.office = office;
        this.origin = null;
        this.permits = new CopyOnWriteArrayList<>();
    }

    /// One that is derived from another.
    Clearance(Prompt prompt, Judgement judgement, Clearance origin) {
        this.prompt = prompt;
        this.judgement = judgement;
        this.office = origin.office;
        this.origin = origin;
        this.permits = origin.permits;
    }

    /// Leave for another prompt that is asked for the sake of this one, such as whether an answer
    /// to it is good. It is scanned like any other, and nobody may see it who may not see this one:
    /// its class is this one's or higher, and it goes under a veil wherever this one does. Belongs
    /// to the same request, is recorded with its permits and ends with it.
    ///
    /// @param other made from this prompt, perhaps with answers to it
    public Clearance derive(Prompt other) {
        Clearance made = office.derivation.apply(this, other);
        derived.add(made);
        return made;
    }

    /// The prompt that may be shown.
    public Prompt prompt() {
        return prompt;
    }

    /// The class of its data.
    public DataClass dataClass() {
        return judgement.dataClass();
    }

    /// How the guard came to it.
    public Judgement judgement() {
        return judgement;
    }

    /// The policy that it was given by.
    public Policy policy() {
        return office.policy;
    }

    /// The detector that looked at the prompt.
    public String detector() {
        return office.scanner.bundle();
    }

    /// The request's body under a hash that cannot be undone by guessing.
    public String bodyHash() {
        return HexFormat.of().formatHex(office.watch.bodies().of(prompt.body().bytes()));
    }

    /// The permits that were given so far for the prompt and for those derived from it.
    public List<Permit> permits() {
        return List.copyOf(permits);
    }

    /// Whether `model` may see the prompt, now.
    public boolean allows(ModelCard model) {
        return objection(model) == null;
    }

    /// Why `model` may not see the prompt now, in words for its user; null when it may. A model at
    /// several sites may be planned with where one of them may see it; each is asked for by its own
    /// card before it is shown anything.
    public @Nullable String objection(ModelCard model) {
        String first = null;
        for (ModelCard site : model.sites()) {
            String objection = objection(site);
            if (objection == null) {
                return null;
            }
            first = first == null ? objection : first;
        }
        return first == null ? single(model) : first;
    }

    private @Nullable String single(ModelCard model) {
        String before = origin == null ? null : origin.objection(model);
        if (before != null) {
            return before;
        }
        String zone = objection(office.watch.zone(model));
        if (zone == null && model.clearance().compareTo(dataClass()) < 0) {
            return "cleared for "
                    + model.clearance().word()
                    + ", the request is "
                    + dataClass().word();
        }
        return zone;
    }

    /// What the client is told when `model` was asked although it may not see the prompt.
    public Failure refusal(ModelCard model) {
        String objection = objection(model);
        return new Failure.Uncleared(
                "Model `"
                        + model.name()
                        + "` "
                        + (objection == null ? "may not see this request any more" : objection)
                        + ".",
                judgement.decision().rule());
    }

    private @Nullable String objection(String name) {
        Optional<Zone> zone = office.policy.zone(name);
        if (zone.isEmpty()) {
            return "stands in zone " + name + ", which the policy does not know";
        }
        if (office.localOnly() && !zone.get().isHere()) {
            return "stands in zone " + name + ", and nothing may leave this machine now";
        }
        Decision decision = judgement.decision();
        String veiled = veils(zone.get()) ? doubt() : "";
        if (!veiled.isEmpty()) {
            return "stands in zone "
                    + name
                    + ", where rule `"
                    + decision.rule()
                    + "` wants pseudonyms, and "
                    + veiled;
        }
        return decision.zones().contains(name)
                ? null
                : "stands in zone "
                        + name
                        + ", where "
                        + dataClass().word()
                        + " data may not go (rule `"
                        + decision.rule()
                        + "`)";
    }

    /// Whether what goes to `zone` goes under a veil.
    private boolean veils(Zone zone) {
        return transform(zone) != Rule.Transform.NONE;
    }

    /// Why no veil can be drawn; empty where none is known of.
    private String doubt() {
        return judgement.sight().complete() ? doubt : "not all of the request could be read";
    }

    /// What `model` gets to see in place of the prompt where its zone is open to pseudonyms only.
    /// Drawn once, so every try shows the same tokens.
    ///
    /// @return null where the prompt may be shown as it is
    public Veil.@Nullable Drawn veil(ModelCard model) {
        if (!model.sites().isEmpty()) {
            return new Veil.Drawn.Refused("a model at several sites is not shown anything");
        }
        Optional<Zone> zone = office.policy.zone(office.watch.zone(model));
        return zone.isPresent() && veils(zone.get()) ? veil() : null;
    }

    private synchronized Veil.Drawn veil() {
        Veil.Drawn made = drawn;
        if (made == null) {
            made = office.scanner.veil(prompt.body().bytes());
            drawn = made;
            if (made instanceof Veil.Drawn.Refused(String why)) {
                doubt = why;
            }
        }
        return made;
    }

    /// Whether nothing is seen in `body` any more that its veil is meant to hide. Looked for in the
    /// very bytes that would leave.
    private boolean hidden(Body body) {
        boolean hidden =
                veil() instanceof Veil.Drawn.Over(Veil veil, _)
                        && office.scanner.sees(veil.masked(body)).noneMatch(Veil::hides);
        if (!hidden && doubt.isEmpty()) {
            doubt = "not everything that identifies could be replaced";
        }
        return hidden;
    }

    /// How the prompt goes to `zone`, for the audit trail.
    public Rule.Transform transform(Zone zone) {
        if (zone.kind() == Zone.Kind.LOCAL) {
            return Rule.Transform.NONE;
        }
        Rule.Transform own = judgement.decision().transform();
        return own == Rule.Transform.NONE && origin != null ? origin.transform(zone) : own;
    }

    /// Forgets what the tokens of its veil stand for, and of those derived from it: the request is
    /// over.
    @Override
    public synchronized void close() {
        derived.forEach(Clearance::close);
        if (drawn instanceof Veil.Drawn.Over(Veil veil, _)) {
            veil.close();
        }
    }

    /// Leave for `body`, made from the prompt, to be sent to `model` at `host` within `life`.
    ///
    /// @param host host and port, as the connection is made to
    /// @return empty when it may not go there (any more), and for a model at several sites: bytes
    ///   go to one
    public Optional<Permit> permit(Body body, ModelCard model, String host, Duration life) {
        Optional<Zone> zone = office.policy.zone(office.watch.zone(model));
        if (!model.sites().isEmpty() || objection(model) != null || zone.isEmpty()) {
            return Optional.empty();
        }
        if (veils(zone.get()) && !hidden(body)) {
            return Optional.empty();
        }
        var grounds = new Permits.Grounds(office.policy.hash(), detector(), dataClass());
        var place = new Place(zone.get(), host);
        Permit permit = office.watch.permits().issue(body, place, grounds, life);
        boolean leaves = zone.get().kind() != Zone.Kind.LOCAL;
        if (leaves && office.watch.notary().note(permit, office.requestId, model).isPresent()) {
            return Optional.empty();
        }
        permits.add(permit);
        return Optional.of(permit);
    }

    @Override
    public String toString() {
        return "Clearance[" + dataClass().word() + ", " + prompt + "]";
    }
}
