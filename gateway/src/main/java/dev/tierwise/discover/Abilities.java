package dev.tierwise.discover;

import dev.tierwise.core.Capability;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one model can do where it is, and who says so. Immutable.
///
/// @param facts of each capability that anybody has said something of; what is missing is not there
/// @param context tokens of prompt and answer together; 0 when not known
/// @param contextSource who says that
/// @param remarks what else its server says, such as its version
public record Abilities(
        Map<Capability, Fact> facts, long context, String contextSource, List<String> remarks) {
    public Abilities {
        var copy = new EnumMap<Capability, Fact>(Capability.class);
        copy.putAll(facts);
        facts = Collections.unmodifiableMap(copy);
        remarks = List.copyOf(remarks);
    }

    /// Where a word on a capability comes from.
    public enum Origin {
        /// It was tried here.
        TRIED,
        /// The runtime says so of this model.
        SAID,
        /// The documentation of this kind of server says so, perhaps from a version on.
        DOCUMENTED,
        /// The catalogue says so of this model.
        CATALOGUE,
        /// The configuration says so.
        CONFIGURED,
        /// Nobody says so; most models of hosted servers can do it.
        ASSUMED
    }

    /// Whether it can do one thing.
    ///
    /// @param has whether it can
    /// @param origin where that comes from
    /// @param source who says it, in a few words
    public record Fact(boolean has, Origin origin, String source) {}

    /// What it can do.
    public Set<Capability> capabilities() {
        Set<Capability> can = EnumSet.noneOf(Capability.class);
        facts.forEach((capability, fact) -> {
            if (fact.has()) {
                can.add(capability);
            }
        });
        return can;
    }

    /// What a list of capabilities says: those in it are there, the others are not.
    public static Abilities listed(
            Set<Capability> can, Origin origin, String source, long context, String contextSource) {
        var facts = new EnumMap<Capability, Fact>(Capability.class);
        for (Capability capability : Capability.values()) {
            facts.put(capability, new Fact(can.contains(capability), origin, source));
        }
        return new Abilities(facts, context, contextSource, List.of());
    }
}
