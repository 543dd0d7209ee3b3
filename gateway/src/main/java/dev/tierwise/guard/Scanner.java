package dev.tierwise.guard;

import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Family;
import dev.tierwise.detect.Finding;
import dev.tierwise.detect.Kind;
import dev.tierwise.veil.Veil;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Scans whole requests: every leaf, and what a value split over two neighbouring leaves would
/// make. Leaves that were scanned before are known by a keyed hash, so a conversation that grows
/// turn by turn is scanned once. Whatever keeps a scan from its end, a fault, the time, too many at
/// once, makes it undecided, and undecided is never clean. Thread-safe.
public final class Scanner {
    /// A leaf is scanned in windows of this many characters, so that the time is looked at in
    /// between.
    private static final int WINDOW = 1 << 16;

    /// How far two windows overlap, and how much of two neighbouring leaves is looked at together.
    private static final int OVERLAP = 256;

    private static final int SEAM = 64;

    /// No code for a user is longer.
    private static final int LONGEST_CODE = 200;

    /// Shorter leaves are scanned faster than they are looked up.
    private static final int SHORTEST_KEPT = 64;

    /// Four times as many leaves are remembered: some thousand conversations of some turns.
    private static final int SETS = 8_192;

    /// Longer than any answer takes.
    private static final Duration VEILED = Duration.ofHours(1);

    private final Detector detector;
    private final Duration limit;
    private final Set<String> watched;
    private final Semaphore places;
    private final KeyedHash hash = new KeyedHash();
    private final Scanned scanned = new Scanned(SETS);

    /// @param detector finds
    /// @param limit the longest that a scan may take
    /// @param atOnce how many scans may run side by side
    /// @param watched names of tools to be told of
    public Scanner(Detector detector, Duration limit, int atOnce, Set<String> watched) {
        this.watched = Set.copyOf(watched);
        this.detector = detector;
        this.limit = limit;
        this.places = new Semaphore(atOnce);
    }

    /// What detector this is.
    public String bundle() {
        return detector.bundle();
    }

    /// Scans a JSON document. Never throws.
    public Sight scan(byte[] json) {
        long end = System.nanoTime() + limit.toNanos();
        var tally = new Sight.Tally();
        if (!enter()) {
            tally.undecided("too many scans at once");
            return tally.sight();
        }
        try {
            var walk = new Walk(tally, end);
            if (!Leaves.walk(json, walk)) {
                tally.undecided("not all of the request could be read");
            }
        } catch (RuntimeException | StackOverflowError fault) {
            tally.undecided("the detector failed: " + fault.getClass().getSimpleName());
        } finally {
            places.release();
        }
        return tally.sight();
    }

    /// Draws a veil over a JSON document that was scanned to its end. Never throws.
    Veil.Drawn veil(byte[] json) {
        if (!enter()) {
            return new Veil.Drawn.Refused("too many scans run at once");
        }
        try {
            return Veil.over(json, detector, VEILED);
        } catch (RuntimeException | StackOverflowError fault) {
            return new Veil.Drawn.Refused(
                    "the detector failed: " + fault.getClass().getSimpleName());
        } finally {
            places.release();
        }
    }

    /// The kinds that are seen in a document; all kinds where it cannot be read to its end.
    Stream<Kind> sees(byte[] json) {
        Sight sight = scan(json);
        return sight.complete() ? sight.counts().keySet().stream() : Stream.of(Kind.values());
    }

    private boolean enter() {
        try {
            return places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// One scan under way.
    private final class Walk implements Leaves.Visitor {
        private final Sight.Tally tally;
        private final long end;
        private String before = "";

        Walk(Sight.Tally tally, long end) {
            this.tally = tally;
            this.end = end;
        }

        @Override
        public void unscannable() {
            tally.unscannable();
        }

        /// A code alone says nothing here: the field is made for codes. An address or a number of
        /// insurance does.
        @Override
        public void user(String text) {
            if (text.length() > LONGEST_CODE) {
                leaf(text, "");
                return;
            }
            var found = new EnumMap<Kind, Integer>(Kind.class);
            found.putAll(fresh(text, ""));
            found.remove(Kind.OTHER_ID);
            tally.add(found);
        }

        @Override
        public void leaf(String text, String field) {
            if (tally.isUndecided()) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                tally.undecided("the scan took longer than " + limit.toMillis() + " ms");
                return;
            }
            if (field.equals("name") && watched.contains(text)) {
                tally.name(text);
            }
            if (text.length() <= WINDOW) {
                tally.add(known(text, field));
            } else {
                windows(text, field);
            }
            if (isContent(field)) {
                seam(text);
            }
        }

        private void windows(String text, String field) {
            for (int at = 0; at < text.length() && !tally.isUndecided(); at += WINDOW - OVERLAP) {
                tally.add(fresh(text.substring(at, Math.min(text.length(), at + WINDOW)), field));
                if (System.nanoTime() - end > 0) {
                    tally.undecided("the scan took longer than " + limit.toMillis() + " ms");
                }
            }
        }

        /// What the end of the last piece of content and the beginning of this one make together.
        private void seam(String text) {
            if (!before.isEmpty() && !text.isEmpty() && joins(before, text)) {
                String head = text.substring(0, Math.min(SEAM, text.length()));
                var found = new EnumMap<Kind, Integer>(Kind.class);
                for (Finding finding : detector.scan(before + head, "")) {
                    boolean straddles =
                            finding.start() < before.length() && finding.end() > before.length();
                    if (straddles && isNumber(finding.kind().family())) {
                        found.merge(finding.kind(), 1, Integer::sum);
                    }
                }
                tally.add(found);
            }
            before = text.substring(Math.max(0, text.length() - SEAM));
        }
    }

    /// Whether a value could go on from one piece to the next.
    private static boolean joins(String before, String text) {
        return !Character.isWhitespace(before.charAt(before.length() - 1))
                && !Character.isWhitespace(text.charAt(0));
    }

    private static boolean isNumber(Family family) {
        return switch (family) {
            case NAME, LOCATION, DATE, AGE, URL, HEALTH, SPECIAL -> false;
            case PHONE,
                    EMAIL,
                    NATIONAL_ID,
                    MEDICAL_RECORD,
                    HEALTH_PLAN,
                    ACCOUNT,
                    LICENCE,
                    VEHICLE,
                    DEVICE,
                    IP,
                    BIOMETRIC,
                    OTHER_ID,
                    SECRET ->
                    true;
        };
    }

    private static boolean isContent(String field) {
        return switch (field) {
            case "content", "text", "input", "arguments", "output" -> true;
            default -> false;
        };
    }

    private Map<Kind, Integer> known(String text, String field) {
        if (text.length() < SHORTEST_KEPT) {
            return fresh(text, field);
        }
        KeyedHash.Digest digest = hash.of(field, text);
        Map<Kind, Integer> before = scanned.get(digest);
        if (before != null) {
            return before;
        }
        Map<Kind, Integer> found = fresh(text, field);
        scanned.put(digest, found);
        return found;
    }

    private Map<Kind, Integer> fresh(String text, String field) {
        List<Finding> findings = detector.scan(text, field);
        if (findings.isEmpty()) {
            return Map.of();
        }
        var found = new EnumMap<Kind, Integer>(Kind.class);
        for (Finding finding : findings) {
            found.merge(finding.kind(), 1, Integer::sum);
        }
        return found;
    }
}
