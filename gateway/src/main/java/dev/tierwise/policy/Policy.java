package dev.tierwise.policy;

import dev.tierwise.core.DataClass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which class of data may go to which zone. Pure: the same question on the same day has the same
/// answer. Immutable.
public final class Policy {
    /// What holds without a file: regulated data stay on this machine.
    public static final Policy DEFAULT =
            new Policy(Profile.NONE, List.of(), List.of(), List.of(), Scanning.DEFAULT);

    private static final String NO_RULE = "no rule";

    private final Profile profile;
    private final List<Zone> zones;
    private final List<Rule> ownRules;
    private final List<Rule> rules;
    private final List<Floor> floors;
    private final Scanning scanning;
    private final String hash;

    /// How contents are scanned.
    ///
    /// @param unscannable the class of what cannot be scanned; null for the highest that a rule
    ///   names
    /// @param limit the longest that a scan may take
    public record Scanning(@Nullable DataClass unscannable, Duration limit) {
        /// What holds where the file is silent.
        public static final Scanning DEFAULT = new Scanning(null, Duration.ofMillis(250));
    }

    /// @param profile what it rests on
    /// @param zones the file's own, beside [Zone#HOST] and [Zone#CLOUD]
    /// @param rules the file's own, which come before the profile's
    /// @param floors what raises the class of requests
    /// @param scanning how contents are scanned
    public Policy(
            Profile profile,
            List<Zone> zones,
            List<Rule> rules,
            List<Floor> floors,
            Scanning scanning) {
        this.profile = profile;
        var allZones = new ArrayList<Zone>();
        allZones.add(Zone.HOST);
        allZones.addAll(zones);
        allZones.add(Zone.CLOUD);
        this.zones = List.copyOf(allZones);
        this.ownRules = List.copyOf(rules);
        var allRules = new ArrayList<>(rules);
        allRules.addAll(profile.rules());
        this.rules = List.copyOf(allRules);
        this.floors = List.copyOf(floors);
        this.scanning = scanning;
        this.hash = hashOf();
    }

    /// What it rests on.
    public Profile profile() {
        return profile;
    }

    /// All zones, this machine first.
    public List<Zone> zones() {
        return zones;
    }

    /// The zone of that name.
    public Optional<Zone> zone(String name) {
        return zones.stream().filter(zone -> zone.name().equals(name)).findFirst();
    }

    /// All rules, the file's own first.
    public List<Rule> rules() {
        return rules;
    }

    /// What raises the class of requests.
    public List<Floor> floors() {
        return floors;
    }

    /// How contents are scanned.
    public Scanning scanning() {
        return scanning;
    }

    List<Rule> ownRules() {
        return ownRules;
    }

    /// The names of tools that floors ask for.
    public Set<String> tools() {
        return floors.stream()
                .map(floor -> floor.when().tool())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /// SHA-256 over all that it says, with `sha256:` before it: the same meaning, the same hash.
    public String hash() {
        return hash;
    }

    /// The class that findings make.
    ///
    /// @param marks what was found, as [Profile#classOf] takes it
    public DataClass classOf(Set<String> marks) {
        return profile.classOf(marks);
    }

    /// The class of what could not be scanned: the file's word, or the highest class that a rule
    /// names.
    public DataClass unscannable() {
        if (scanning.unscannable() != null) {
            return scanning.unscannable();
        }
        return rules.stream()
                .flatMap(rule -> rule.when().classes().stream())
                .reduce(DataClass.PERSONAL, DataClass::join);
    }

    /// The floors under a request.
    public List<Floor> floors(Facts facts) {
        return floors.stream().filter(floor -> floor.matches(facts)).toList();
    }

    /// Where data may go. The first rule that matches decides; where none does, nowhere.
    ///
    /// @param purpose what for; null for none
    /// @param today the day, for contracts that run out
    public Decision decide(
            DataClass dataClass, String tenant, @Nullable String purpose, LocalDate today) {
        for (Rule rule : rules) {
            if (rule.when().matches(dataClass, tenant, purpose)) {
                return decide(rule, today);
            }
        }
        return new Decision(
                NO_RULE,
                List.of(),
                Rule.Transform.NONE,
                "no rule is for " + dataClass.word() + " data",
                List.of());
    }

    private Decision decide(Rule rule, LocalDate today) {
        return switch (rule.then()) {
            case Rule.Then.Deny(String why) ->
                    new Decision(rule.name(), List.of(), Rule.Transform.NONE, why, List.of());
            case Rule.Then.To(Set<String> names, Rule.Transform transform) -> {
                List<Zone> named =
                        zones.stream()
                                .filter(zone -> names.isEmpty() || names.contains(zone.name()))
                                .toList();
                yield open(rule, named, transform, today);
            }
            case Rule.Then.Where(Rule.Kinds kinds) -> {
                List<Zone> meant = zones.stream().filter(zone -> isMeant(zone, kinds)).toList();
                yield open(rule, meant, Rule.Transform.NONE, today);
            }
        };
    }

    private static Decision open(
            Rule rule, List<Zone> zones, Rule.Transform transform, LocalDate today) {
        List<String> open = names(zones.stream().filter(zone -> zone.open(today)).toList());
        List<String> expired = names(zones.stream().filter(zone -> !zone.open(today)).toList());
        String why = open.isEmpty() ? "no zone of the rule is open" : "";
        return new Decision(rule.name(), open, transform, why, expired);
    }

    private static List<String> names(List<Zone> zones) {
        return zones.stream().map(Zone::name).toList();
    }

    private static boolean isMeant(Zone zone, Rule.Kinds kinds) {
        if (zone.kind() == Zone.Kind.LOCAL || kinds == Rule.Kinds.ANY) {
            return true;
        }
        Contract contract = zone.contract();
        if (contract == null) {
            return false;
        }
        return switch (kinds) {
            case ANY -> true;
            case LOCAL -> false;
            case LOCAL_OR_BAA -> contract.type() == Contract.Type.BAA;
            case LOCAL_OR_GDPR ->
                    contract.type() == Contract.Type.SCC
                            || (contract.type() == Contract.Type.DPA && zone.inEea());
        };
    }

    /// A text in which the order of what has no order is fixed; zones and floors have none, rules
    /// do.
    private String canonical() {
        var zoneTexts = new TreeSet<String>();
        zones.forEach(zone -> zoneTexts.add(zone.toString()));
        var floorTexts = new TreeSet<String>();
        floors.forEach(floor -> floorTexts.add(floor.toString()));
        String ruleTexts = rules.stream().map(Policy::canonical).collect(Collectors.joining("\n"));
        return String.join(
                "\n\n",
                profile.word(),
                String.join("\n", zoneTexts),
                ruleTexts,
                String.join("\n", floorTexts),
                scanning.toString());
    }

    private static String canonical(Rule rule) {
        String then =
                switch (rule.then()) {
                    case Rule.Then.To(Set<String> zones, Rule.Transform transform) ->
                            "to " + new TreeSet<>(zones) + " " + transform;
                    case Rule.Then.Where(Rule.Kinds kinds) -> "where " + kinds;
                    case Rule.Then.Deny(String why) -> "deny " + why;
                };
        return rule.name()
                + " "
                + new TreeSet<>(rule.when().classes())
                + new TreeSet<>(rule.when().tenants())
                + new TreeSet<>(rule.when().purposes())
                + then;
    }

    private String hashOf() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonical().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policy policy && policy.hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "Policy[" + profile.word() + ", " + hash + "]";
    }
}
