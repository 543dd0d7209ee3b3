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

    /// Marks of findings that stand for nobody.
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

    /// The class that findings make. A town, a day, a postal code or an age alone identifies
    /// nobody: it makes `internal` where no word of health or of another special category stands
    /// beside it; HIPAA counts all of them (45 CFR 164.514(b)(2)). A postal code with a day or an
    /// age does identify (Sweeney, "Simple demographics often identify people uniquely", 2000).
    ///
    /// @param marks what was found, by the words of the detector: families such as `NAME`, `HEALTH`
    ///   and `SPECIAL`, and `QUASI_PLACE`, `QUASI_POSTCODE`, `QUASI_DATE`, `QUASI_AGE`
    public DataClass classOf(Set<String> marks) {
        if (marks.contains("SECRET")) {
            return DataClass.SECRET;
        }
        boolean points = marks.stream().anyMatch(mark -> !TOPICS.contains(mark));
        if (!points) {
            return DataClass.PUBLIC;
        }
        boolean record = marks.contains("MEDICAL_RECORD") || marks.contains("HEALTH_PLAN");
        boolean health = record || marks.contains("HEALTH");
        return switch (this) {
            case HIPAA -> DataClass.PHI;
            case NONE ->
                    health
                            ? DataClass.PHI
                            : marks.contains("SPECIAL") ? DataClass.SPECIAL : ordinary(marks);
            case GDPR, EU_AI_ACT ->
                    health || marks.contains("SPECIAL") ? DataClass.SPECIAL : ordinary(marks);
        };
    }

    /// The class where nothing in particular stands beside what was found.
    private static DataClass ordinary(Set<String> marks) {
        boolean direct =
                marks.stream()
                        .anyMatch(mark -> !TOPICS.contains(mark) && !mark.startsWith("QUASI_"));
        boolean together =
                marks.contains("QUASI_POSTCODE")
                        && (marks.contains("QUASI_DATE") || marks.contains("QUASI_AGE"));
        return direct || together ? DataClass.PERSONAL : DataClass.INTERNAL;
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
