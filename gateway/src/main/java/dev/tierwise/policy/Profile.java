package dev.tierwise.policy;

import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Rule.Kinds;
import dev.tierwise.policy.Rule.Then;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Ready policies, and what identifiers mean under each.
public enum Profile {
    /// For operators under no particular law: regulated data stay here unless a rule says
    /// otherwise.
    NONE,
    /// Protected health information under HIPAA: any of the eighteen identifiers of 45 CFR
    /// 164.514(b)(2) makes it; it may go to one's own machines and to those under a business
    /// associate agreement (45 CFR 164.502(e)).
    HIPAA,
    /// Personal data under the GDPR: one's own machines, processors in the EEA (art. 28),
    /// processors elsewhere under standard contractual clauses (art. 46); special categories (art.
    /// 9) stay on one's own machines.
    GDPR,
    /// As `gdpr`; logs and the marking of answers, which Regulation (EU) 2024/1689 asks for (art.
    /// 12, 26(6), 50), are there under every profile.
    EU_AI_ACT;

    /// The families of findings that stand for nobody.
    private static final Set<String> TOPICS = Set.of("HEALTH", "SPECIAL");

    /// The word in the file, such as `eu-ai-act`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The profile of that word.
    public static Optional<Profile> of(String word) {
        for (Profile profile : values()) {
            if (profile.word().equals(word)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /// The class that findings make.
    ///
    /// @param families the families of what was found, by name
    DataClass classOf(Set<String> families) {
        if (families.contains("SECRET")) {
            return DataClass.SECRET;
        }
        boolean identifies = families.stream().anyMatch(family -> !TOPICS.contains(family));
        if (!identifies) {
            return DataClass.PUBLIC;
        }
        boolean record = families.contains("MEDICAL_RECORD") || families.contains("HEALTH_PLAN");
        boolean health = record || families.contains("HEALTH");
        return switch (this) {
            case HIPAA -> DataClass.PHI;
            case NONE ->
                    health
                            ? DataClass.PHI
                            : families.contains("SPECIAL") ? DataClass.SPECIAL : DataClass.PERSONAL;
            case GDPR, EU_AI_ACT ->
                    health || families.contains("SPECIAL") ? DataClass.SPECIAL : DataClass.PERSONAL;
        };
    }

    /// Its rules, which come after the file's own.
    List<Rule> rules() {
        return switch (this) {
            case NONE ->
                    List.of(
                            rule("regulated-stays", Kinds.LOCAL, REGULATED),
                            rule("ordinary", Kinds.ANY, ORDINARY));
            case HIPAA ->
                    List.of(
                            rule("hipaa-secret", Kinds.LOCAL, Set.of(DataClass.SECRET)),
                            rule("hipaa-phi", Kinds.LOCAL_OR_BAA, REGULATED),
                            rule("ordinary", Kinds.ANY, ORDINARY));
            case GDPR, EU_AI_ACT ->
                    List.of(
                            rule(
                                    "gdpr-special",
                                    Kinds.LOCAL,
                                    Set.of(DataClass.SPECIAL, DataClass.PHI, DataClass.SECRET)),
                            rule("gdpr-personal", Kinds.LOCAL_OR_GDPR, Set.of(DataClass.PERSONAL)),
                            rule("ordinary", Kinds.ANY, ORDINARY));
        };
    }

    private static final Set<DataClass> REGULATED =
            Set.of(DataClass.PERSONAL, DataClass.SPECIAL, DataClass.PHI, DataClass.SECRET);

    private static final Set<DataClass> ORDINARY = Set.of(DataClass.PUBLIC, DataClass.INTERNAL);

    private static Rule rule(String name, Kinds kinds, Set<DataClass> classes) {
        return new Rule(name, new Rule.When(classes, Set.of(), Set.of()), new Then.Where(kinds));
    }
}
