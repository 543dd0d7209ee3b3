package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records as the rest of a line of JSON, from the comma before the kind to the closing brace.
final class RecordWriter {
    private RecordWriter() {}

    static byte[] body(AuditRecord record) {
        var json = new JsonText();
        json.field("kind", kind(record));
        write(json, record);
        return json.end("}").toBytes();
    }

    static String kind(AuditRecord record) {
        return switch (record) {
            case AuditRecord.Request _ -> "request";
            case AuditRecord.Permitted _ -> "permit";
            case AuditRecord.PolicySet _ -> "policy";
            case AuditRecord.Intervention _ -> "override";
            case AuditRecord.Violation _ -> "violation";
            case AuditRecord.Start _ -> "start";
            case AuditRecord.Stop _ -> "stop";
            case AuditRecord.Recovered _ -> "recovered";
            case AuditRecord.Gap _ -> "gap";
            case AuditRecord.KeyChange _ -> "key";
            case AuditRecord.Pruned _ -> "pruned";
        };
    }

    private static void write(JsonText json, AuditRecord record) {
        switch (record) {
            case AuditRecord.Request request -> request(json, request);
            case AuditRecord.Permitted(
                            var id,
                            var dataClass,
                            var permit,
                            var model,
                            var policy) -> {
                json.field("id", id).field("class", dataClass.word()).field("hash", permit.hash());
                place(json, permit.place()).field("model", model).field("policy", policy);
            }
            case AuditRecord.PolicySet(var policy, var source, var detector) ->
                    json.field("policy", policy)
                            .field("source", source)
                            .field("detector", detector);
            case AuditRecord.Intervention(var what, var on, var who, var reason) ->
                    json.field("what", what)
                            .field("on", on)
                            .field("who", who)
                            .field("reason", reason);
            case AuditRecord.Violation violation -> violation(json, violation);
            case AuditRecord.Start(var version, var policy, var detector, var permitsFirst) ->
                    json.field("version", version)
                            .field("policy", policy)
                            .field("detector", detector)
                            .field("permits_first", permitsFirst);
            case AuditRecord.Stop _ -> {}
            case AuditRecord.Recovered(var file, var bytes, var sha256) ->
                    json.field("file", file).field("bytes", bytes).field("sha256", sha256);
            case AuditRecord.Gap(var count, var since) ->
                    json.field("count", count).field("since", since);
            case AuditRecord.KeyChange(var old, var fresh) ->
                    json.field("old", old).field("new", fresh);
            case AuditRecord.Pruned(var through, var hash, var newest) ->
                    json.field("through", through).field("hash", hash).field("newest", newest);
        }
    }

    private static void request(JsonText json, AuditRecord.Request request) {
        AuditRecord.Origin origin = request.origin();
        json.field("arrived", origin.arrived())
                .field("id", origin.requestId())
                .field("tenant", origin.tenant())
                .field("key", origin.key())
                .field("route", origin.route())
                .optional("purpose", origin.purpose());
        sensitivity(json, request.sensitivity());
        decision(json, request.decision());
        evidence(json, request.evidence());
        json.field("outcome", request.course().outcome().word())
                .field("attempts", request.course().attempts());
    }

    private static void sensitivity(JsonText json, AuditRecord.Sensitivity sensitivity) {
        json.field("class", sensitivity.dataClass().word()).name("sources").begin("[");
        for (String source : sensitivity.sources()) {
            json.comma().text(source);
        }
        json.end("]").name("identifiers").begin("{");
        for (Map.Entry<String, Integer> count : sensitivity.identifiers().entrySet()) {
            json.field(count.getKey(), count.getValue());
        }
        json.end("}").field("unscannable", sensitivity.unscannable());
    }

    private static void decision(JsonText json, AuditRecord.Decision decision) {
        json.name("candidates").begin("[");
        for (AuditRecord.Place place : decision.candidates()) {
            place(json.comma().begin("{"), place).end("}");
        }
        json.end("]").name("denied").begin("[");
        for (AuditRecord.Denial denial : decision.denied()) {
            place(json.comma().begin("{"), denial.place()).field("rule", denial.rule()).end("}");
        }
        json.end("]").field("rule", decision.rule()).field("transform", decision.transform());
        AuditRecord.Target target = decision.target();
        if (target != null) {
            place(json.name("target").begin("{"), target.place()).field("model", target.model());
            AuditRecord.Contract contract = target.contract();
            if (contract != null) {
                json.field("contract", contract.reference())
                        .field("expires", contract.expires().toString());
            }
            json.end("}");
        }
    }

    private static void evidence(JsonText json, AuditRecord.Evidence evidence) {
        permits(json, evidence.permits());
        json.optional("body", evidence.body())
                .field("policy", evidence.policy())
                .field("detector", evidence.detector());
    }

    private static void permits(JsonText json, List<AuditRecord.Permit> permits) {
        json.name("permits").begin("[");
        for (AuditRecord.Permit permit : permits) {
            json.comma().begin("{").field("hash", permit.hash());
            place(json, permit.place()).end("}");
        }
        json.end("]");
    }

    private static void violation(JsonText json, AuditRecord.Violation violation) {
        json.field("what", violation.what()).optional("id", violation.requestId());
        json.optional("class", word(violation.dataClass()));
        AuditRecord.Place place = violation.place();
        if (place != null) {
            place(json, place);
        }
        json.field("stopped", violation.stopped());
    }

    private static JsonText place(JsonText json, AuditRecord.Place place) {
        return json.field("zone", place.zone())
                .field("local", place.local())
                .optional("jurisdiction", place.jurisdiction());
    }

    private static @Nullable String word(@Nullable DataClass dataClass) {
        return dataClass == null ? null : dataClass.word();
    }

    /// The outcome that a word of the trail names.
    static AuditRecord.Outcome outcome(String word) {
        return AuditRecord.Outcome.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
