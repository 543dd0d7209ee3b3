package dev.tierwise.policy;

import dev.tierwise.core.DataClass;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule. The first that matches decides.
///
/// @param name shown to users and auditors
/// @param when what it is for
/// @param then what it decides
public record Rule(String name, When when, Then then) {
    /// What a rule is for. An empty set matches all.
    ///
    /// @param classes classes of data
    /// @param tenants tenants
    /// @param purposes purposes; a request without one matches only where this is empty
    public record When(Set<DataClass> classes, Set<String> tenants, Set<String> purposes) {
        public When {
            classes = Set.copyOf(classes);
            tenants = Set.copyOf(tenants);
            purposes = Set.copyOf(purposes);
        }

        boolean matches(DataClass dataClass, String tenant, @Nullable String purpose) {
            return (classes.isEmpty() || classes.contains(dataClass))
                    && (tenants.isEmpty() || tenants.contains(tenant))
                    && (purposes.isEmpty() || (purpose != null && purposes.contains(purpose)));
        }

        /// Whether everything that `other` matches is matched here too.
        boolean covers(When other) {
            return covers(classes, other.classes)
                    && covers(tenants, other.tenants)
                    && covers(purposes, other.purposes);
        }

        private static <T> boolean covers(Set<T> mine, Set<T> others) {
            return mine.isEmpty() || (!others.isEmpty() && mine.containsAll(others));
        }
    }

    /// What a rule decides.
    public sealed interface Then {
        /// The zones where the data may go.
        ///
        /// @param zones their names; empty for every zone that there is
        /// @param transform what is done to the data first, where it leaves this machine
        record To(Set<String> zones, Transform transform) implements Then {
            public To {
                zones = Set.copyOf(zones);
            }
        }

        /// Zones by what they are, so that a ready profile needs no names.
        ///
        /// @param kinds the kinds of zones
        record Where(Kinds kinds) implements Then {}

        /// Nowhere.
        ///
        /// @param why for the user
        record Deny(String why) implements Then {}
    }

    /// Sets of zones that ready profiles speak of.
    public enum Kinds {
        /// Those of the operator.
        LOCAL,
        /// Those, and any under a business associate agreement in force.
        LOCAL_OR_BAA,
        /// Those, any in the EEA under a data processing agreement in force, and any elsewhere
        /// under standard contractual clauses in force.
        LOCAL_OR_GDPR,
        /// All.
        ANY
    }

    /// What is done to data before they leave.
    public enum Transform {
        /// Nothing.
        NONE,
        /// Identifiers are replaced by tokens, and put back in the answer.
        PSEUDONYMISE
    }
}
