package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through a trail and notes whatever speaks against the claim that nothing left. Whatever
/// cannot be told counts against it.
final class EgressWitness implements Consumer<Line> {
    private static final int MOST = 1_000;

    /// A clock that is set back by less is being kept right.
    private static final Duration DRIFT = Duration.ofMinutes(1);

    private static final byte[] REQUEST = Line.ascii("request");

    private final EgressProof.Question question;
    private final byte[] from;
    private final List<EgressProof.Break> breaks = new ArrayList<>();
    private long found;
    private long records;
    private long requests;
    private long localPermits;
    private long otherPermits;
    private long stopped;
    private long overrides;
    private long kills;
    private boolean permitsFirst;
    private boolean open;
    private @Nullable Instant latest;
    private @Nullable Instant previous;

    EgressWitness(EgressProof.Question question) {
        this.question = question;
        this.from = Line.ascii(Moment.of(question.period().from().toEpochMilli()));
    }

    @Override
    public void accept(Line line) {
        Instant time = moment(line.time());
        if (time != null && line.is(REQUEST) && line.compareTime(from) < 0) {
            clock(line, time); // it ended before the period began: no need to read all of it
            previous = time;
            open = true;
            return;
        }
        AuditRecord record = line.record().orElse(null);
        if (time == null || record == null) {
            if (time == null || question.period().contains(time)) {
                add(line, "a record that this version cannot read");
            }
            return;
        }
        clock(line, time);
        if (concerns(record, time)) {
            records++;
            look(line, record);
        }
        runs(line, record, time);
        previous = time;
        open = !(record instanceof AuditRecord.Stop);
    }

    /// A request counts when it came or ended in the period.
    private boolean concerns(AuditRecord record, Instant time) {
        return question.period().contains(time)
                || (record instanceof AuditRecord.Request request
                        && question.period().contains(request.origin().arrived()));
    }

    private void look(Line line, AuditRecord record) {
        switch (record) {
            case AuditRecord.Request request -> request(line, request);
            case AuditRecord.Permitted permitted -> {
                if (meant(permitted.dataClass())) {
                    permit(line, permitted.permit().place(), "permit");
                }
            }
            case AuditRecord.Violation violation -> violation(line, violation);
            case AuditRecord.Gap gap ->
                    add(line, gap.count() + " records found no room and are not in the trail");
            case AuditRecord.Intervention override -> overrides += override.on() ? 1 : 0;
            case AuditRecord.PolicySet _,
                    AuditRecord.Start _,
                    AuditRecord.Stop _,
                    AuditRecord.Recovered _,
                    AuditRecord.KeyChange _,
                    AuditRecord.Pruned _ -> {}
        }
    }

    private void request(Line line, AuditRecord.Request request) {
        if (!meant(request.sensitivity().dataClass())) {
            return;
        }
        requests++;
        boolean veiled = !request.decision().transform().equals("none");
        for (AuditRecord.Permit permit : request.evidence().permits()) {
            permit(line, permit.place(), veiled ? "permit, under pseudonyms," : "permit");
        }
        AuditRecord.Target target = request.decision().target();
        if (target != null && request.evidence().permits().isEmpty() && outside(target.place())) {
            add(line, "went without a permit to " + words(target.place()));
        }
    }

    private void permit(Line line, AuditRecord.Place place, String what) {
        if (place.local()) {
            localPermits++;
        } else {
            otherPermits++;
        }
        if (outside(place)) {
            add(line, what + " for " + words(place));
        }
    }

    private void violation(Line line, AuditRecord.Violation violation) {
        DataClass dataClass = violation.dataClass();
        AuditRecord.Place place = violation.place();
        boolean concerned =
                (dataClass == null || meant(dataClass)) && (place == null || outside(place));
        if (concerned && !violation.stopped()) {
            add(line, "violation " + violation.what() + " that was not stopped");
        } else {
            stopped++;
        }
    }

    /// Whether permits of the class in question are on disk before their bytes leave. Those of
    /// ordinary data are written without a wait.
    private boolean permitsFirst() {
        return permitsFirst && question.dataClass().compareTo(DataClass.INTERNAL) > 0;
    }

    /// Watches starts without an end before them: what was under way then may have no record.
    private void runs(Line line, AuditRecord record, Instant time) {
        if (!(record instanceof AuditRecord.Start start)) {
            return;
        }
        Instant before = previous;
        if (open && before != null && overlaps(before, time)) {
            kills++;
            if (!permitsFirst()) {
                add(
                        line,
                        "the gateway before this start was killed, and it did not record permits"
                                + " before their bytes left");
            }
        }
        permitsFirst = start.permitsFirst();
    }

    private void clock(Line line, Instant time) {
        Instant newest = latest;
        if (newest != null && time.isBefore(newest.minus(DRIFT)) && overlaps(time, newest)) {
            add(line, "the clock was set back from " + newest + ", so times are not certain");
        }
        if (newest == null || time.isAfter(newest) || time.isBefore(newest.minus(DRIFT))) {
            latest = time;
        }
    }

    private boolean overlaps(Instant first, Instant last) {
        return first.isBefore(question.period().until())
                && !last.isBefore(question.period().from());
    }

    private boolean meant(DataClass dataClass) {
        return dataClass.compareTo(question.dataClass()) >= 0;
    }

    private boolean outside(AuditRecord.Place place) {
        String asked = question.jurisdiction();
        String there = place.jurisdiction();
        return !place.local() && (asked == null || there == null || there.equalsIgnoreCase(asked));
    }

    private static String words(AuditRecord.Place place) {
        String where = place.jurisdiction();
        return "zone " + place.zone() + " (" + (where == null ? "place unknown" : where) + ")";
    }

    private void add(Line line, String what) {
        found++;
        if (breaks.size() < MOST) {
            breaks.add(new EgressProof.Break(line.file() + ":" + line.number(), line.time(), what));
        }
    }

    private void add(String what) {
        found++;
        breaks.addFirst(new EgressProof.Break("", "", what));
    }

    private static @Nullable Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// All that was found, with what the whole trail says.
    EgressProof.Evidence evidence(Verification verification) {
        var remarks = new ArrayList<String>();
        Verification.Chain chain =
                switch (verification) {
                    case Verification.Intact(var whole, var noted) -> {
                        remarks.addAll(noted);
                        yield whole;
                    }
                    case Verification.Broken(var whole, var fault) -> {
                        add("the chain is broken at " + fault.place() + ": " + fault.meaning());
                        yield whole;
                    }
                    case Verification.Missing _, Verification.Unreadable _ -> null;
                };
        if (chain != null) {
            coverage(chain);
        }
        remark(remarks);
        return new EgressProof.Evidence(
                verification,
                new EgressProof.Counts(records, requests, localPermits, otherPermits, found),
                breaks,
                remarks);
    }

    private void coverage(Verification.Chain chain) {
        Verification.End first = chain.first();
        Instant begin = first == null ? null : moment(first.time());
        if (begin == null) {
            add("the trail has no records, so it shows nothing");
        } else if (begin.isAfter(question.period().from())) {
            add(
                    "the trail begins at "
                            + begin
                            + (chain.prunedThrough() > 0
                                    ? ", after older records were dropped"
                                    : "")
                            + ": it shows nothing of the time before");
        }
        Instant end = previous;
        if (open && !permitsFirst() && end != null && question.period().until().isAfter(end)) {
            add(
                    "the trail is not closed, and the gateway does not record permits before their"
                            + " bytes leave: requests under way have no record yet");
        }
    }

    private void remark(List<String> remarks) {
        if (question.period().until().isAfter(question.now())) {
            remarks.add("The period is not over; this holds up to the moment it was asked.");
        }
        if (kills > 0) {
            remarks.add("The gateway was killed " + times(kills) + " in the period.");
        }
        if (stopped > 0) {
            remarks.add("Violations that were stopped or concern other data: " + stopped + ".");
        }
        if (overrides > 0) {
            remarks.add("A person overrode the policy " + times(overrides) + " in the period.");
        }
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }
}
