package dev.tierwise.flow;

import dev.tierwise.audit.AuditRecord;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Judgement;
import dev.tierwise.guard.Permit;
import dev.tierwise.policy.Rule;
import dev.tierwise.policy.Zone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the closing record of one request for the audit trail.
final class AuditLine {
    private AuditLine() {}

    /// @param clearance what the guard said
    /// @param model who answered, or was last asked; null when nobody was
    /// @param end how it ended
    static AuditRecord of(
            Request request,
            Clearance clearance,
            @Nullable ModelCard model,
            AuditRecord.Course end) {
        return new AuditRecord.Request(
                origin(request, clearance),
                sensitivity(clearance.judgement()),
                decision(clearance, model),
                new AuditRecord.Evidence(
                        clearance.permits().stream().map(AuditLine::permit).toList(),
                        clearance.bodyHash(),
                        clearance.policy().hash(),
                        clearance.detector()),
                end);
    }

    private static AuditRecord.Origin origin(Request request, Clearance clearance) {
        return new AuditRecord.Origin(
                request.at(),
                request.id(),
                clearance.judgement().tenant(),
                request.caller().key(),
                request.asking().route(),
                request.asking().purpose());
    }

    private static AuditRecord.Sensitivity sensitivity(Judgement judgement) {
        return new AuditRecord.Sensitivity(
                judgement.dataClass(),
                judgement.sources(),
                judgement.sight().found(),
                judgement.sight().unscannable());
    }

    private static AuditRecord.Decision decision(Clearance clearance, @Nullable ModelCard model) {
        var decision = clearance.judgement().decision();
        List<AuditRecord.Place> candidates =
                clearance.policy().zones().stream().map(AuditLine::place).toList();
        List<AuditRecord.Denial> denied =
                clearance.policy().zones().stream()
                        .filter(zone -> !decision.zones().contains(zone.name()))
                        .map(zone -> new AuditRecord.Denial(place(zone), decision.rule()))
                        .toList();
        return new AuditRecord.Decision(
                candidates,
                denied,
                decision.rule(),
                transform(clearance, model),
                target(clearance, model));
    }

    /// What was done to the text that the last model asked was shown.
    private static String transform(Clearance clearance, @Nullable ModelCard model) {
        return Optional.ofNullable(model)
                .flatMap(asked -> clearance.policy().zone(asked.zone()))
                .map(clearance::transform)
                .orElse(Rule.Transform.NONE)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static AuditRecord.@Nullable Target target(
            Clearance clearance, @Nullable ModelCard model) {
        if (model == null) {
            return null;
        }
        return clearance
                .policy()
                .zone(model.zone())
                .map(zone -> new AuditRecord.Target(place(zone), model.name(), contract(zone)))
                .orElse(null);
    }

    private static AuditRecord.@Nullable Contract contract(Zone zone) {
        return zone.contract() == null
                ? null
                : new AuditRecord.Contract(zone.contract().reference(), zone.contract().expires());
    }

    private static AuditRecord.Permit permit(Permit permit) {
        return new AuditRecord.Permit(permit.id(), place(permit.zone()));
    }

    private static AuditRecord.Place place(Zone zone) {
        return new AuditRecord.Place(
                zone.name(),
                zone.kind() == Zone.Kind.LOCAL,
                zone.jurisdiction().isEmpty() ? null : zone.jurisdiction());
    }
}
