package dev.tierwise.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import dev.tierwise.detect.Kind;
import dev.tierwise.policy.Rule.Then;
import dev.tierwise.policy.Rule.Transform;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Zone LAN =
            new Zone("lan", Zone.Kind.LOCAL, "", null, List.of("10.20.0.0/24"));
    private static final Zone BAA = cloud("us-baa", "US", Contract.Type.BAA, TODAY.plusYears(1));
    private static final Zone EU = cloud("eu", "DE", Contract.Type.DPA, TODAY.plusYears(1));
    private static final Zone US_DPA = cloud("us-dpa", "US", Contract.Type.DPA, TODAY.plusYears(1));
    private static final Zone US_SCC = cloud("us-scc", "US", Contract.Type.SCC, TODAY.plusYears(1));
    private static final Zone OVER = cloud("over", "DE", Contract.Type.BAA, TODAY.minusDays(1));
    private static final List<Zone> ALL = List.of(LAN, BAA, EU, US_DPA, US_SCC, OVER);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    NONE      | PUBLIC   | host lan us-baa eu us-dpa us-scc cloud
                    NONE      | INTERNAL | host lan us-baa eu us-dpa us-scc cloud
                    NONE      | PERSONAL | host lan
                    NONE      | SPECIAL  | host lan
                    NONE      | PHI      | host lan
                    NONE      | SECRET   | host lan
                    HIPAA     | INTERNAL | host lan us-baa eu us-dpa us-scc cloud
                    HIPAA     | PERSONAL | host lan us-baa
                    HIPAA     | PHI      | host lan us-baa
                    HIPAA     | SECRET   | host lan
                    GDPR      | PERSONAL | host lan eu us-scc
                    GDPR      | SPECIAL  | host lan
                    GDPR      | PHI      | host lan
                    GDPR      | SECRET   | host lan
                    EU_AI_ACT | PERSONAL | host lan eu us-scc
                    EU_AI_ACT | SPECIAL  | host lan
                    """)
    void profilesSayWhereEachClassMayGo(Profile profile, DataClass dataClass, String zones) {
        Decision decision = policy(profile, List.of()).decide(dataClass, "t", null, TODAY);

        assertThat(decision.zones()).containsExactlyInAnyOrder(zones.split(" "));
    }

    @Test
    void whatNoRuleMatchesGoesNowhere() {
        var policy = new Policy(Profile.NONE, ALL, List.of(), List.of(), Policy.Scanning.DEFAULT);
        for (DataClass dataClass : DataClass.values()) {
            assertThat(policy.decide(dataClass, "t", null, TODAY).rule()).isNotEqualTo("no rule");
        }
        // every profile covers every class; a rule for a purpose is no rule for requests without
        // one
        Rule coding = to("coding", Set.of(DataClass.PHI), Set.of("coding"), "us-baa");

        Decision without =
                policy(Profile.HIPAA, List.of(coding)).decide(DataClass.PHI, "t", null, TODAY);

        assertThat(without.rule()).isEqualTo("hipaa-phi");
    }

    @Test
    void theFirstMatchDecides() {
        Rule deny =
                new Rule(
                        "closed",
                        new Rule.When(Set.of(), Set.of("a"), Set.of()),
                        new Then.Deny("no"));

        Policy policy = policy(Profile.NONE, List.of(deny));

        assertThat(policy.decide(DataClass.PUBLIC, "a", null, TODAY).zones()).isEmpty();
        assertThat(policy.decide(DataClass.PUBLIC, "b", null, TODAY).zones()).isNotEmpty();
    }

    @Test
    void aContractThatRunsOutClosesItsZone() {
        Policy policy = policy(Profile.HIPAA, List.of());

        assertThat(policy.decide(DataClass.PHI, "t", null, TODAY.plusYears(1)).zones())
                .contains("us-baa");
        Decision after = policy.decide(DataClass.PHI, "t", null, TODAY.plusYears(1).plusDays(1));
        assertThat(after.zones()).doesNotContain("us-baa");
        assertThat(after.expired()).contains("us-baa");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void aHigherClassIsNeverFreer(Profile profile) {
        Policy policy = policy(profile, List.of());
        // among the classes of the same law: special, phi and secret never get what personal lacks
        List<String> personal = policy.decide(DataClass.PERSONAL, "t", null, TODAY).zones();
        for (DataClass higher : EnumSet.range(DataClass.SPECIAL, DataClass.SECRET)) {
            assertThat(personal).containsAll(policy.decide(higher, "t", null, TODAY).zones());
        }
        assertThat(policy.decide(DataClass.PUBLIC, "t", null, TODAY).zones()).containsAll(personal);
    }

    @Test
    void rulesAfterTheOneThatMatchesChangeNothing() {
        var random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            var rules = new ArrayList<Rule>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                rules.add(rule(random, "r" + n));
            }
            DataClass dataClass = pick(random, List.of(DataClass.values()));
            String tenant = pick(random, List.of("a", "b", "c"));
            Decision before = policy(Profile.NONE, rules).decide(dataClass, tenant, null, TODAY);
            rules.add(rule(random, "last"));

            Decision after = policy(Profile.NONE, rules).decide(dataClass, tenant, null, TODAY);

            boolean ruled = before.rule().startsWith("r") && !before.rule().startsWith("regul");
            if (ruled) {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void theHashChangesWithTheMeaningAndOnlyThen() {
        Policy one = policy(Profile.HIPAA, List.of());
        var zones = new ArrayList<>(ALL);
        java.util.Collections.reverse(zones);
        var reordered =
                new Policy(Profile.HIPAA, zones, List.of(), List.of(), Policy.Scanning.DEFAULT);

        assertThat(reordered.hash()).isEqualTo(one.hash());
        assertThat(policy(Profile.GDPR, List.of()).hash()).isNotEqualTo(one.hash());
        assertThat(
                        new Policy(
                                        Profile.HIPAA,
                                        List.of(LAN),
                                        List.of(),
                                        List.of(),
                                        Policy.Scanning.DEFAULT)
                                .hash())
                .isNotEqualTo(one.hash());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.9.9.9, true",
        "0:0:0:0:0:0:0:1, true",
        "10.20.0.7, false",
        "203.0.113.7, false",
        "localhost.evil.example, false",
        "'', false"
    })
    void thisMachineIsLeftByAnyOtherAddress(String peer, boolean stays) {
        assertThat(Zone.HOST.admits("localhost:11434", peer)).isEqualTo(stays);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.7, true",
        "10.20.1.7, false",
        "203.0.113.7, false",
        "::ffff:10.20.0.7, true"
    })
    void aNetworkOfOnesOwnHoldsItsAddresses(String peer, boolean stays) {
        assertThat(LAN.admits("gpu.lan:8000", peer)).isEqualTo(stays);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    NONE  | NAME            | PERSONAL
                    NONE  | NAME HEALTH     | PHI
                    NONE  | NAME SPECIAL    | SPECIAL
                    NONE  | HEALTH          | PUBLIC
                    NONE  | MEDICAL_RECORD  | PHI
                    NONE  | SECRET NAME     | SECRET
                    HIPAA | NAME            | PHI
                    NONE  | QUASI_PLACE     | INTERNAL
                    NONE  | QUASI_DATE QUASI_PLACE   | INTERNAL
                    NONE  | QUASI_DATE QUASI_POSTCODE | PERSONAL
                    NONE  | QUASI_DATE HEALTH | PHI
                    GDPR  | QUASI_AGE       | INTERNAL
                    HIPAA | QUASI_DATE      | PHI
                    HIPAA | HEALTH SPECIAL  | PUBLIC
                    GDPR  | NAME            | PERSONAL
                    GDPR  | NAME HEALTH     | SPECIAL
                    GDPR  | NATIONAL_ID     | PERSONAL
                    """)
    void findingsMakeAClass(Profile profile, String marks, DataClass wanted) {
        assertThat(policy(profile, List.of()).classOf(Set.of(marks.split(" ")))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void whatIsFoundMoreNeverLowersTheClass(Profile profile) {
        List<String> marks =
                Arrays.stream(Kind.values()).map(Kind::mark).distinct().sorted().toList();
        var random = new Random(5);
        for (int run = 0; run < 5_000; run++) {
            var some = new HashSet<String>();
            DataClass before = DataClass.PUBLIC;
            for (int i = 0; i < 6; i++) {
                some.add(pick(random, marks));

                DataClass now = profile.classOf(some);

                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
        }
    }

    @Test
    void whatCannotBeScannedIsTheHighestClassThatARuleNames() {
        assertThat(policy(Profile.HIPAA, List.of()).unscannable()).isEqualTo(DataClass.SECRET);
    }

    private static Rule rule(Random random, String name) {
        Set<DataClass> classes =
                random.nextBoolean() ? Set.of() : Set.of(pick(random, List.of(DataClass.values())));
        Set<String> tenants =
                random.nextBoolean() ? Set.of() : Set.of(pick(random, List.of("a", "b", "c")));
        return new Rule(
                name,
                new Rule.When(classes, tenants, Set.of()),
                new Then.To(Set.of(pick(random, ALL).name()), Transform.NONE));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Rule to(
            String name, Set<DataClass> classes, Set<String> purposes, String... zones) {
        return new Rule(
                name,
                new Rule.When(classes, Set.of(), purposes),
                new Then.To(Set.of(zones), Transform.NONE));
    }

    private static Policy policy(Profile profile, List<Rule> rules) {
        return new Policy(profile, ALL, rules, List.of(), Policy.Scanning.DEFAULT);
    }

    private static Zone cloud(String name, String place, Contract.Type type, LocalDate until) {
        return new Zone(name, Zone.Kind.CLOUD, place, new Contract(type, until, name), List.of());
    }
}
