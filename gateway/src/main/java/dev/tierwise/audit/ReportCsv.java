package dev.tierwise.audit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A row of CSV (RFC 4180) for each record. No cell begins with a character that makes a
/// spreadsheet take it for a formula: such a cell gets an apostrophe before it.
final class ReportCsv {
    static final List<String> COLUMNS =
            List.of(
                    "sequence",
                    "time",
                    "kind",
                    "place",
                    "arrived",
                    "request_id",
                    "tenant",
                    "key",
                    "route",
                    "purpose",
                    "class",
                    "sources",
                    "identifiers",
                    "unscannable",
                    "candidates",
                    "denied",
                    "rule",
                    "transform",
                    "zone",
                    "local",
                    "jurisdiction",
                    "model",
                    "contract",
                    "contract_expires",
                    "permits",
                    "body_hash",
                    "outcome",
                    "attempts",
                    "policy",
                    "detector",
                    "what",
                    "who",
                    "details");

    private final Appendable out;
    private int cells;

    ReportCsv(Appendable out) throws IOException {
        this.out = out;
        for (String column : COLUMNS) {
            cell(column);
        }
        end();
    }

    void row(Line line, AuditRecord record) throws IOException {
        cell(Long.toString(line.sequence()));
        cell(line.time());
        cell(RecordWriter.kind(record));
        cell(line.file() + ":" + line.number());
        switch (record) {
            case AuditRecord.Request request -> request(request);
            case AuditRecord.Permitted(
                            var id,
                            var dataClass,
                            var permit,
                            var model,
                            var policy) -> {
                skip("request_id", id);
                skip("class", dataClass.word());
                place("zone", permit.place());
                cell(model);
                skip("permits", permit.hash());
                skip("policy", policy);
            }
            case AuditRecord.PolicySet(var policy, var source, var detector) -> {
                skip("policy", policy);
                cell(detector);
                cell(source);
            }
            case AuditRecord.Intervention(var what, var on, var who, var reason) -> {
                skip("what", what + (on ? " on" : " off"));
                cell(who);
                cell(reason);
            }
            case AuditRecord.Violation violation -> violation(violation);
            case AuditRecord.Start(var version, var policy, var detector, _) -> {
                skip("policy", policy);
                cell(detector);
                skip("details", "version " + version);
            }
            case AuditRecord.Stop _ -> {}
            case AuditRecord.Recovered(var file, var bytes, var sha256) ->
                    skip("details", bytes + " bytes of " + file + ", SHA-256 " + sha256);
            case AuditRecord.Gap(var count, var since) ->
                    skip("details", count + " records refused since " + since);
            case AuditRecord.KeyChange(var old, var fresh) -> skip("details", old + " to " + fresh);
            case AuditRecord.Pruned(var through, _, _) -> skip("details", "through " + through);
        }
        end();
    }

    private void request(AuditRecord.Request request) throws IOException {
        AuditRecord.Origin origin = request.origin();
        cell(Moment.of(origin.arrived().toEpochMilli()));
        cell(origin.requestId());
        cell(origin.tenant());
        cell(origin.key());
        cell(origin.route());
        cell(origin.purpose());
        AuditRecord.Sensitivity sensitivity = request.sensitivity();
        cell(sensitivity.dataClass().word());
        cell(String.join(" ", sensitivity.sources()));
        cell(
                sensitivity.identifiers().entrySet().stream()
                        .map(ReportCsv::count)
                        .collect(Collectors.joining(" ")));
        cell(Integer.toString(sensitivity.unscannable()));
        AuditRecord.Decision decision = request.decision();
        cell(
                decision.candidates().stream()
                        .map(AuditRecord.Place::zone)
                        .collect(Collectors.joining(" ")));
        cell(
                decision.denied().stream()
                        .map(it -> it.place().zone() + ": " + it.rule())
                        .collect(Collectors.joining("; ")));
        cell(decision.rule());
        cell(decision.transform());
        target(decision.target());
        AuditRecord.Evidence evidence = request.evidence();
        skip(
                "permits",
                evidence.permits().stream()
                        .map(it -> it.place().zone() + ":" + it.hash())
                        .collect(Collectors.joining(" ")));
        cell(evidence.body());
        cell(request.course().outcome().word());
        cell(Integer.toString(request.course().attempts()));
        cell(evidence.policy());
        cell(evidence.detector());
    }

    private static String count(Map.Entry<String, Integer> entry) {
        return entry.getKey() + "=" + entry.getValue();
    }

    private void target(AuditRecord.@Nullable Target target) throws IOException {
        if (target != null) {
            place("zone", target.place());
            cell(target.model());
            AuditRecord.Contract contract = target.contract();
            cell(contract == null ? null : contract.reference());
            cell(contract == null ? null : contract.expires().toString());
        }
    }

    private void violation(AuditRecord.Violation violation) throws IOException {
        String id = violation.requestId();
        skip("request_id", id == null ? "" : id);
        skip("class", violation.dataClass() == null ? "" : violation.dataClass().word());
        AuditRecord.Place place = violation.place();
        if (place != null) {
            place("zone", place);
        }
        skip("what", violation.what());
        skip("details", violation.stopped() ? "stopped" : "not stopped");
    }

    private void place(String column, AuditRecord.Place place) throws IOException {
        skip(column, place.zone());
        cell(Boolean.toString(place.local()));
        cell(place.jurisdiction());
    }

    /// Leaves the cells before `column` empty, and fills that one.
    private void skip(String column, String value) throws IOException {
        int at = COLUMNS.indexOf(column);
        while (cells < at) {
            cell("");
        }
        cell(value);
    }

    private void cell(@Nullable String value) throws IOException {
        if (cells++ > 0) {
            out.append(',');
        }
        out.append(value == null ? "" : safe(value));
    }

    private void end() throws IOException {
        while (cells < COLUMNS.size()) {
            cell("");
        }
        out.append("\r\n");
        cells = 0;
    }

    /// A value as a cell that is only ever text.
    static String safe(String value) {
        String text = value;
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = false;
        for (int i = 0; i < text.length() && !quoted; i++) {
            quoted = ",\"\r\n;'".indexOf(text.charAt(i)) >= 0;
        }
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
