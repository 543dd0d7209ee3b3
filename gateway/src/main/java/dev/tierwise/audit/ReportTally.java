package dev.tierwise.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sums up the records of a period. Lists and groups have a longest length, so that memory does not
/// grow with the trail; what is left out is counted.
final class ReportTally implements Consumer<Line> {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_GROUPS = 2_000;

    /// Rows for a table; `left` more are not in it.
    static final class Rows {
        final List<List<String>> cells = new ArrayList<>();
        long count;

        void add(List<String> row) {
            count++;
            if (cells.size() < MOST_ROWS) {
                cells.add(row);
            }
        }
    }

    /// A group of requests or of uses, with the times of the first and the last.
    static final class Group {
        long count;
        String first = "";
        String last = "";

        void add(String time) {
            first = count == 0 ? time : first;
            last = time;
            count++;
        }
    }

    final Rows blocked = new Rows();
    final Rows elsewhere = new Rows();
    final Rows overrides = new Rows();
    final Rows violations = new Rows();
    final Rows events = new Rows();
    final Map<String, Long> outcomes = new TreeMap<>();
    final Map<String, Long> classes = new TreeMap<>();
    final Map<String, Long> identifiers = new TreeMap<>();
    final Map<List<String>, Group> uses = new HashMap<>();
    final Map<List<String>, Group> contracts = new HashMap<>();
    final Map<List<String>, Group> hashes = new HashMap<>();
    private final Period period;
    private final byte[] from;
    private final byte[] until;
    private final @Nullable ReportCsv csv;
    private long records;
    private long requests;
    private long unread;

    ReportTally(Period period, @Nullable ReportCsv csv) {
        this.period = period;
        this.from = Line.ascii(Moment.of(period.from().toEpochMilli()));
        this.until = Line.ascii(Moment.of(period.until().toEpochMilli()));
        this.csv = csv;
    }

    Period period() {
        return period;
    }

    /// Records that this version cannot read.
    long unread() {
        return unread;
    }

    AuditReport.Figures figures() {
        return new AuditReport.Figures(
                records,
                requests,
                blocked.count,
                elsewhere.count,
                violations.count,
                overrides.count);
    }

    @Override
    public void accept(Line line) {
        if (line.compareTime(from) < 0 || line.compareTime(until) >= 0) {
            return;
        }
        records++;
        AuditRecord record = line.record().orElse(null);
        String time = line.time();
        if (record == null) {
            unread++;
            return;
        }
        if (csv != null) {
            try {
                csv.row(line, record);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        take(time, record);
    }

    private void take(String time, AuditRecord record) {
        switch (record) {
            case AuditRecord.Request request -> request(time, request);
            case AuditRecord.Permitted _ -> {}
            case AuditRecord.PolicySet(var hash, var source, var detector) -> {
                use(hash, detector, time);
                event(time, "policy in force (" + source + ")", hash + ", detector " + detector);
            }
            case AuditRecord.Intervention(var what, var on, var who, var reason) ->
                    overrides.add(List.of(time, what, on ? "on" : "off", who, reason));
            case AuditRecord.Violation violation -> violation(time, violation);
            case AuditRecord.Start(var version, var hash, var detector, _) -> {
                use(hash, detector, time);
                event(time, "start", "version " + version + ", policy " + hash);
            }
            case AuditRecord.Stop _ -> event(time, "stop", "");
            case AuditRecord.Recovered(var file, var bytes, var sha256) ->
                    event(
                            time,
                            "recovered",
                            bytes
                                    + " bytes of an unfinished line cut off "
                                    + file
                                    + ", SHA-256 "
                                    + sha256);
            case AuditRecord.Gap(var count, var since) ->
                    event(time, "gap", count + " records refused since " + since);
            case AuditRecord.KeyChange(var old, var fresh) ->
                    event(time, "key changed", old + " to " + fresh);
            case AuditRecord.Pruned(var through, _, var newest) ->
                    event(time, "dropped", "records through " + through + ", of " + newest);
        }
    }

    private void event(String time, String what, String details) {
        events.add(List.of(time, what, details));
    }

    private void request(String time, AuditRecord.Request request) {
        requests++;
        AuditRecord.Origin origin = request.origin();
        AuditRecord.Sensitivity sensitivity = request.sensitivity();
        AuditRecord.Decision decision = request.decision();
        String outcome = request.course().outcome().word();
        String dataClass = sensitivity.dataClass().word();
        outcomes.merge(outcome, 1L, Long::sum);
        classes.merge(dataClass, 1L, Long::sum);
        sensitivity.identifiers().forEach(this::identifier);
        AuditRecord.Target target = decision.target();
        String zone = target == null ? "none" : place(target.place());
        String model = target == null ? "" : target.model();
        group(uses, List.of(origin.tenant(), origin.key(), dataClass, zone, model, outcome), time);
        use(request.evidence().policy(), request.evidence().detector(), time);
        List<String> row =
                List.of(
                        time,
                        origin.requestId(),
                        origin.tenant() + " / " + origin.key(),
                        origin.route(),
                        dataClass,
                        String.join(", ", sensitivity.sources()),
                        zone,
                        model,
                        decision.rule());
        if (request.course().outcome() == AuditRecord.Outcome.BLOCKED) {
            blocked.add(row);
        }
        boolean left = target != null && !target.place().local();
        if (left || request.evidence().permits().stream().anyMatch(it -> !it.place().local())) {
            elsewhere.add(row);
        }
        AuditRecord.Contract contract = target == null ? null : target.contract();
        if (contract != null) {
            group(
                    contracts,
                    List.of(contract.reference(), contract.expires().toString(), zone),
                    time);
        }
    }

    private void identifier(String kind, int count) {
        if (identifiers.size() < MOST_GROUPS || identifiers.containsKey(kind)) {
            identifiers.merge(kind, (long) count, Long::sum);
        }
    }

    private void violation(String time, AuditRecord.Violation violation) {
        AuditRecord.Place place = violation.place();
        violations.add(
                List.of(
                        time,
                        violation.what(),
                        violation.requestId() == null ? "" : violation.requestId(),
                        violation.dataClass() == null ? "" : violation.dataClass().word(),
                        place == null ? "" : place(place),
                        violation.stopped() ? "stopped" : "not stopped"));
    }

    private void use(String hash, String detector, String time) {
        group(hashes, List.of(hash, detector), time);
    }

    private static void group(Map<List<String>, Group> groups, List<String> key, String time) {
        List<String> own =
                groups.size() < MOST_GROUPS || groups.containsKey(key)
                        ? key
                        : key.stream().map(_ -> "others").toList();
        groups.computeIfAbsent(own, _ -> new Group()).add(time);
    }

    /// The rows of a table of groups in the order of their names.
    static List<List<String>> rows(Map<List<String>, Group> groups) {
        return groups.entrySet().stream()
                .sorted(Comparator.comparing(entry -> String.join("\u0000", entry.getKey())))
                .map(entry -> {
                    var row = new ArrayList<>(entry.getKey());
                    row.add(Long.toString(entry.getValue().count));
                    row.add(entry.getValue().first);
                    row.add(entry.getValue().last);
                    return List.copyOf(row);
                })
                .collect(Collectors.toList());
    }

    static String place(AuditRecord.Place place) {
        String where = place.jurisdiction();
        return place.zone()
                + (place.local() ? " (local)" : where == null ? "" : " (" + where + ")");
    }
}
