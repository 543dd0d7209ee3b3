package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Records for tests: ones that differ from the usual in few things, or any at all from a seed.
final class Records {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final AuditRecord.Place HOST = new AuditRecord.Place("host", true, null);
    static final AuditRecord.Place US = new AuditRecord.Place("us-baa", false, "US");
    static final AuditRecord.Place EU = new AuditRecord.Place("eu-dpa", false, "EU");

    private Records() {}

    /// A request that a local model answered.
    static AuditRecord.Request usual(String id) {
        return to(id, DataClass.PHI, HOST);
    }

    /// A request that a model in `place` answered.
    static AuditRecord.Request to(String id, DataClass dataClass, AuditRecord.Place place) {
        var contract =
                place.local()
                        ? null
                        : new AuditRecord.Contract("BAA 2026", LocalDate.of(2027, 1, 15));
        return request(
                id,
                dataClass,
                new AuditRecord.Target(place, "model-of-" + place.zone(), contract),
                AuditRecord.Outcome.ANSWERED);
    }

    static AuditRecord.Request blocked(String id) {
        return request(id, DataClass.PHI, null, AuditRecord.Outcome.BLOCKED);
    }

    private static AuditRecord.Request request(
            String id,
            DataClass dataClass,
            AuditRecord.@Nullable Target target,
            AuditRecord.Outcome outcome) {
        List<AuditRecord.Permit> permits =
                target == null
                        ? List.of()
                        : List.of(new AuditRecord.Permit("abcdef01", target.place()));
        return new AuditRecord.Request(
                new AuditRecord.Origin(
                        NOON, id, "clinic-a", "front-desk", "/v1/chat/completions", "triage"),
                new AuditRecord.Sensitivity(
                        dataClass,
                        List.of("floor:clinic-a", "scan:phi"),
                        Map.of("NAME", 2, "MEDICAL_RECORD", 1),
                        0),
                new AuditRecord.Decision(
                        List.of(HOST, US),
                        List.of(new AuditRecord.Denial(US, "phi stays here")),
                        "phi stays here",
                        "none",
                        target),
                new AuditRecord.Evidence(permits, "hmac:00ff", "policy-1", "sentinel-1"),
                new AuditRecord.Course(outcome, target == null ? 0 : 1));
    }

    static AuditRecord.Start start(boolean permitsFirst) {
        return new AuditRecord.Start("0.1.0", "policy-1", "sentinel-1", permitsFirst);
    }

    /// A record of any kind with any words in it, fit or not.
    static AuditRecord random(Random random) {
        return switch (random.nextInt(8)) {
            case 0 ->
                    new AuditRecord.Permitted(
                            word(random),
                            dataClass(random),
                            new AuditRecord.Permit(word(random), place(random)),
                            word(random),
                            word(random));
            case 1 -> new AuditRecord.PolicySet(word(random), word(random), word(random));
            case 2 ->
                    new AuditRecord.Intervention(
                            word(random), random.nextBoolean(), word(random), word(random));
            case 3 ->
                    new AuditRecord.Violation(
                            word(random),
                            random.nextBoolean() ? word(random) : null,
                            random.nextBoolean() ? dataClass(random) : null,
                            random.nextBoolean() ? place(random) : null,
                            random.nextBoolean());
            case 4 ->
                    new AuditRecord.Start(
                            word(random), word(random), word(random), random.nextBoolean());
            case 5 -> new AuditRecord.Gap(random.nextLong(1L << 40), moment(random));
            default -> request(random);
        };
    }

    private static AuditRecord.Request request(Random random) {
        var identifiers = new TreeMap<String, Integer>();
        for (int i = random.nextInt(4); i > 0; i--) {
            identifiers.put(word(random), random.nextInt(100));
        }
        var places = new ArrayList<AuditRecord.Place>();
        var denied = new ArrayList<AuditRecord.Denial>();
        var permits = new ArrayList<AuditRecord.Permit>();
        for (int i = random.nextInt(3); i > 0; i--) {
            places.add(place(random));
            denied.add(new AuditRecord.Denial(place(random), word(random)));
            permits.add(new AuditRecord.Permit(word(random), place(random)));
        }
        var contract =
                random.nextBoolean()
                        ? null
                        : new AuditRecord.Contract(
                                word(random), LocalDate.ofEpochDay(random.nextInt(40_000)));
        return new AuditRecord.Request(
                new AuditRecord.Origin(
                        moment(random),
                        word(random),
                        word(random),
                        word(random),
                        word(random),
                        random.nextBoolean() ? word(random) : null),
                new AuditRecord.Sensitivity(
                        dataClass(random),
                        List.of(word(random), word(random)),
                        identifiers,
                        random.nextInt(5)),
                new AuditRecord.Decision(
                        places,
                        denied,
                        word(random),
                        word(random),
                        random.nextBoolean()
                                ? null
                                : new AuditRecord.Target(place(random), word(random), contract)),
                new AuditRecord.Evidence(
                        permits,
                        random.nextBoolean() ? word(random) : null,
                        word(random),
                        word(random)),
                new AuditRecord.Course(
                        pick(random, AuditRecord.Outcome.values()), random.nextInt(5)));
    }

    private static AuditRecord.Place place(Random random) {
        return new AuditRecord.Place(
                word(random), random.nextBoolean(), random.nextBoolean() ? word(random) : null);
    }

    private static DataClass dataClass(Random random) {
        return pick(random, DataClass.values());
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Instant moment(Random random) {
        return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    }

    /// Words that are names, and words that are nothing of the kind.
    private static String word(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "Straße-" + random.nextInt(9);
            case 1 -> "two words";
            case 2 -> "quote\"back\\slash";
            case 3 -> "line\nend\t\u0001";
            case 4 -> "漢字🙂";
            case 5 -> "";
            case 6 -> "x".repeat(random.nextInt(400));
            default -> "word-" + random.nextInt(1_000);
        };
    }
}
