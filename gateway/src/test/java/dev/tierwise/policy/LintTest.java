package dev.tierwise.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Rule.Then;
import dev.tierwise.policy.Rule.Transform;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LintTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @ParameterizedTest
    @EnumSource(Profile.class)
    void readyProfilesAreInOrder(Profile profile) {
        assertThat(lint(profile, List.of())).isEmpty();
    }

    @Test
    void aRuleThatIsNeverReachedIsAnError() {
        Rule all = to("all", Set.of(), "host");
        Rule some = to("some", Set.of(DataClass.PHI), "host");

        assertThat(lint(Profile.NONE, List.of(all, some)))
                .anyMatch(found ->
                        found.severity() == Lint.Severity.ERROR
                                && found.what().contains("`some` is never reached"));
        assertThat(lint(Profile.NONE, List.of(some, all))).isEmpty();
    }

    @Test
    void aZoneThatIsNotThereIsAnError() {
        assertThat(lint(Profile.NONE, List.of(to("r", Set.of(DataClass.PUBLIC), "moon"))))
                .anyMatch(found -> found.what().contains("no zone `moon`"));
    }

    @Test
    void aContractThatEndedClosesAndOneThatEndsSoonWarns() {
        assertThat(lint(Profile.NONE, List.of(), cloud("z", Contract.Type.BAA, TODAY.minusDays(1))))
                .extracting(Lint.Finding::severity)
                .containsExactly(Lint.Severity.CLOSED);
        assertThat(lint(Profile.NONE, List.of(), cloud("z", Contract.Type.BAA, TODAY.plusDays(9))))
                .extracting(Lint.Finding::severity)
                .containsExactly(Lint.Severity.WARNING);
    }

    @Test
    void whatTheLawKeepsMayNotBeLetOut() {
        assertThat(errors(Profile.HIPAA, to("r", Set.of(DataClass.PHI), "cloud"))).isTrue();
        assertThat(errors(Profile.GDPR, to("r", Set.of(DataClass.PERSONAL), "cloud"))).isTrue();
        assertThat(errors(Profile.NONE, to("r", Set.of(DataClass.SECRET), "cloud"))).isTrue();
        assertThat(errors(Profile.NONE, to("r", Set.of(DataClass.PERSONAL), "cloud"))).isFalse();
        assertThat(errors(Profile.HIPAA, to("r", Set.of(DataClass.PUBLIC), "cloud"))).isFalse();
    }

    @Test
    void aHigherClassThatIsFreerIsTold() {
        var findings = lint(Profile.NONE, List.of(to("r", Set.of(DataClass.PHI), "host", "cloud")));

        assertThat(findings).anyMatch(found -> found.what().contains("phi data may go to cloud"));
    }

    private static boolean errors(Profile profile, Rule rule) {
        return lint(profile, List.of(rule)).stream()
                .anyMatch(found -> found.severity() == Lint.Severity.ERROR);
    }

    private static List<Lint.Finding> lint(Profile profile, List<Rule> rules, Zone... zones) {
        return Lint.of(
                new Policy(profile, List.of(zones), rules, List.of(), Policy.Scanning.DEFAULT),
                TODAY);
    }

    private static Rule to(String name, Set<DataClass> classes, String... zones) {
        return new Rule(
                name,
                new Rule.When(classes, Set.of(), Set.of()),
                new Then.To(Set.of(zones), Transform.NONE));
    }

    private static Zone cloud(String name, Contract.Type type, LocalDate until) {
        return new Zone(name, Zone.Kind.CLOUD, "US", new Contract(type, until, name), List.of());
    }
}
