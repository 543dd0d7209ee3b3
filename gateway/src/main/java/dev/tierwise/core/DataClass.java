package dev.tierwise.core;

import java.util.Locale;
import java.util.Optional;

/// How sensitive a piece of data is, lowest first. Classes only ever rise: the class of a request
/// is the highest that any source names ([#join]).
public enum DataClass {
    /// Published anyway.
    PUBLIC,
    /// Ordinary company data; the default of a request.
    INTERNAL,
    /// Personal data (GDPR art. 4).
    PERSONAL,
    /// Special categories of personal data (GDPR art. 9).
    SPECIAL,
    /// Protected health information (HIPAA, 45 CFR 160.103).
    PHI,
    /// Credentials, keys and the like.
    SECRET;

    /// The word used on the wire and in configuration, such as `phi`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The class that `word` names, if any; case does not matter.
    public static Optional<DataClass> of(String word) {
        for (DataClass dataClass : values()) {
            if (dataClass.name().equalsIgnoreCase(word)) {
                return Optional.of(dataClass);
            }
        }
        return Optional.empty();
    }

    /// The higher of two classes.
    public DataClass join(DataClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
