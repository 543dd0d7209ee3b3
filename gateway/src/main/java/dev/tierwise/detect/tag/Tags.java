package dev.tierwise.detect.tag;

import dev.tierwise.detect.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The tags of tokens: 0 outside, then for each kind one that begins and one that goes on. The
/// order is part of the file's version.
public final class Tags {
    static final List<Kind> KINDS =
            List.of(
                    Kind.NAME,
                    Kind.PLACE,
                    Kind.ADDRESS,
                    Kind.POSTCODE,
                    Kind.DATE,
                    Kind.PHONE,
                    Kind.EMAIL,
                    Kind.MEDICAL_RECORD,
                    Kind.OTHER_ID);
    static final int COUNT = 1 + 2 * KINDS.size();

    /// Labels that are no findings: they are left out without a note.
    private static final Set<String> NO_FINDING =
            Set.of(
                    "AGE",
                    "SEX",
                    "PROFESSION",
                    "COUNTRY",
                    "TITLE",
                    "NRP",
                    "MISC",
                    "TIME",
                    "STATE",
                    "OTHER");

    private Tags() {}

    static int begin(Kind kind) {
        return 1 + 2 * KINDS.indexOf(kind);
    }

    static Kind kind(int tag) {
        return KINDS.get((tag - 1) / 2);
    }

    /// Whether a label stands for nothing that is to be found.
    public static boolean ignored(String label) {
        return NO_FINDING.contains(label.toUpperCase(Locale.ROOT));
    }

    /// The kind that a label of a data set means; empty for one that is not known.
    public static Optional<Kind> kind(String label) {
        return switch (label.toUpperCase(Locale.ROOT)) {
            case "NAME", "PERSON", "PATIENT", "DOCTOR" -> Optional.of(Kind.NAME);
            case "LOCATION", "PLACE", "CITY", "HOSPITAL", "ORG" -> Optional.of(Kind.PLACE);
            case "ADDRESS", "STREET" -> Optional.of(Kind.ADDRESS);
            case "ZIP", "POSTCODE" -> Optional.of(Kind.POSTCODE);
            case "DATE", "DATE_TIME" -> Optional.of(Kind.DATE);
            case "PHONE", "FAX" -> Optional.of(Kind.PHONE);
            case "EMAIL" -> Optional.of(Kind.EMAIL);
            case "MRN", "MEDICAL_RECORD" -> Optional.of(Kind.MEDICAL_RECORD);
            case "OTHER_ID", "ID", "SSN", "ACCOUNT", "LICENSE", "HEALTH_PLAN_ID" ->
                    Optional.of(Kind.OTHER_ID);
            default -> Optional.empty();
        };
    }
}
