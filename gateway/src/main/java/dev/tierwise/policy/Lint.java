package dev.tierwise.policy;

import dev.tierwise.core.DataClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Looks for what is wrong, or looks wrong, in a policy. Pure.
public final class Lint {
    /// A contract that ends so soon is told of.
    private static final int SOON_DAYS = 30;

    private final Policy policy;
    private final LocalDate today;
    private final List<Finding> findings = new ArrayList<>();

    private Lint(Policy policy, LocalDate today) {
        this.policy = policy;
        this.today = today;
    }

    /// One thing.
    ///
    /// @param severity how bad it is
    /// @param place where in the file, such as `policy.rules[0]`
    /// @param what what is wrong
    /// @param remedy what to do
    public record Finding(Severity severity, String place, String what, String remedy) {
        /// It in one line.
        public String text() {
            return place + ": " + what + "; " + remedy;
        }
    }

    /// How bad.
    public enum Severity {
        /// The policy is refused.
        ERROR,
        /// The policy is used and the zone is closed; a check of the file fails.
        CLOSED,
        /// Worth a look.
        WARNING
    }

    /// All that is found, the worst first.
    public static List<Finding> of(Policy policy, LocalDate today) {
        var lint = new Lint(policy, today);
        lint.zones();
        lint.rules();
        lint.classes();
        return lint.findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }

    private void zones() {
        int number = 0;
        var names = new HashSet<String>();
        for (Zone zone : policy.zones()) {
            if (!names.add(zone.name())) {
                error(
                        "policy.zones",
                        "there are two zones `" + zone.name() + "`",
                        "give each its own name; `host` and `cloud` are there already");
            }
            if (zone.equals(Zone.HOST) || zone.equals(Zone.CLOUD)) {
                continue;
            }
            String place = "policy.zones[" + number++ + "]";
            Contract contract = zone.contract();
            if (contract != null && !contract.holds(today)) {
                findings.add(
                        new Finding(
                                Severity.CLOSED,
                                place + ".contract",
                                "the contract `"
                                        + contract.reference()
                                        + "` ended on "
                                        + contract.expires()
                                        + ", so the zone is closed",
                                "renew it and write the new day, or take the zone out"));
            } else if (contract != null && contract.expires().isBefore(today.plusDays(SOON_DAYS))) {
                warn(
                        place + ".contract",
                        "the contract `"
                                + contract.reference()
                                + "` ends on "
                                + contract.expires()
                                + ", and the zone closes then",
                        "renew it in time");
            }
            if (zone.kind() == Zone.Kind.LOCAL && zone.hosts().isEmpty()) {
                warn(
                        place + ".hosts",
                        "any private address counts as this zone",
                        "list its hosts or networks");
            }
        }
    }

    private void rules() {
        List<Rule> rules = policy.rules();
        Set<String> known = new HashSet<>();
        policy.zones().forEach(zone -> known.add(zone.name()));
        for (int i = 0; i < policy.ownRules().size(); i++) {
            Rule rule = rules.get(i);
            String place = "policy.rules[" + i + "]";
            for (int before = 0; before < i; before++) {
                if (rules.get(before).when().covers(rule.when())) {
                    error(
                            place,
                            "rule `"
                                    + rule.name()
                                    + "` is never reached: `"
                                    + rules.get(before).name()
                                    + "` before it matches all that it matches",
                            "move it up, or take it out");
                    break;
                }
            }
            if (rule.then() instanceof Rule.Then.To(Set<String> zones, _)) {
                named(place, zones, known);
                widening(place, rule, zones);
            }
        }
    }

    private void named(String place, Set<String> zones, Set<String> known) {
        for (String zone : zones) {
            if (!known.contains(zone)) {
                error(
                        place + ".then.zones",
                        "there is no zone `" + zone + "`",
                        "there are: " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /// Rules that let out what their profile's law keeps.
    private void widening(String place, Rule rule, Set<String> zones) {
        for (DataClass dataClass : classes(rule)) {
            for (Zone zone : policy.zones()) {
                boolean named = zones.isEmpty() || zones.contains(zone.name());
                if (named && zone.kind() == Zone.Kind.CLOUD) {
                    widening(place, dataClass, zone);
                }
            }
        }
    }

    private void widening(String place, DataClass dataClass, Zone zone) {
        Contract contract = zone.contract();
        Contract.Type type = contract == null ? null : contract.type();
        if (dataClass == DataClass.SECRET) {
            error(
                    place,
                    "lets secrets out to zone `" + zone.name() + "`",
                    "take the class or the zone out of the rule");
        } else if (dataClass == DataClass.PHI
                && policy.profile() == Profile.HIPAA
                && type != Contract.Type.BAA) {
            error(
                    place,
                    "lets phi out to zone `" + zone.name() + "`, which has no BAA",
                    "name its BAA in the zone's `contract` (45 CFR 164.502(e)), or take it out");
        } else if (isGdpr()
                && dataClass.compareTo(DataClass.PERSONAL) >= 0
                && !(type == Contract.Type.SCC || (type == Contract.Type.DPA && zone.inEea()))) {
            error(
                    place,
                    "lets personal data out to zone `"
                            + zone.name()
                            + "`, which is not known to be in the EEA under a DPA, nor elsewhere"
                            + " under SCC",
                    "name jurisdiction and `contract` (GDPR art. 28, 46), or take it out");
        } else if (dataClass.compareTo(DataClass.PERSONAL) >= 0 && contract == null) {
            warn(
                    place,
                    "lets "
                            + dataClass.word()
                            + " data out to zone `"
                            + zone.name()
                            + "` without a contract",
                    "name the contract that allows it");
        }
    }

    private boolean isGdpr() {
        return policy.profile() == Profile.GDPR || policy.profile() == Profile.EU_AI_ACT;
    }

    private static List<DataClass> classes(Rule rule) {
        return rule.when().classes().isEmpty()
                ? List.of(DataClass.values())
                : List.copyOf(rule.when().classes());
    }

    /// What decisions come to without tenant and purpose: a higher class must not be freer.
    private void classes() {
        List<String> before = null;
        DataClass lower = null;
        for (DataClass dataClass : DataClass.values()) {
            List<String> now = policy.decide(dataClass, "", null, today).zones();
            if (before != null && lower != null && !before.containsAll(now)) {
                var more = new ArrayList<>(now);
                more.removeAll(before);
                warn(
                        "policy.rules",
                        dataClass.word()
                                + " data may go to "
                                + String.join(", ", more)
                                + ", where "
                                + lower.word()
                                + " data may not",
                        "check the rules for both classes");
            }
            before = now;
            lower = dataClass;
        }
    }

    private void error(String place, String what, String remedy) {
        findings.add(new Finding(Severity.ERROR, place, what, remedy));
    }

    private void warn(String place, String what, String remedy) {
        findings.add(new Finding(Severity.WARNING, place, what, remedy));
    }
}
