package dev.tierwise.policy;

import dev.tierwise.core.DataClass;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A stub.
public record Policy(String hash) {
    /// A stub.
    public static final Policy DEFAULT = new Policy("stub");

    /// A stub.
    public Decision decide(DataClass c, String tenant, @Nullable String purpose, LocalDate today) {
        return c.compareTo(DataClass.INTERNAL) <= 0
                ? new Decision("default", List.of("host", "cloud"))
                : new Decision("default", List.of("host"));
    }

    /// A stub.
    public Optional<Zone> zone(String name) {
        return Optional.of(
                new Zone(name, name.equals("host") ? Zone.Kind.LOCAL : Zone.Kind.CLOUD, "", null));
    }

    /// A stub.
    public List<Zone> zones() {
        return List.of(
                new Zone("host", Zone.Kind.LOCAL, "", null),
                new Zone("cloud", Zone.Kind.CLOUD, "", null));
    }

    /// A stub.
    public DataClass unscannable() {
        return DataClass.SECRET;
    }

    /// A stub.
    public DataClass classOf(Set<String> families) {
        return families.isEmpty() ? DataClass.PUBLIC : DataClass.PERSONAL;
    }
}
