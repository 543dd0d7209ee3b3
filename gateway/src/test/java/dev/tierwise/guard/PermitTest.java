package dev.tierwise.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.detect.Detector;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Profile;
import dev.tierwise.policy.Zone;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermitTest {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final ModelCard HERE = model("here", ModelCard.HOST);
    private static final ModelCard THERE = model("there", ModelCard.CLOUD);

    private final List<String> alarms = new ArrayList<>();
    private Optional<String> unwritten = Optional.empty();
    private final Watch watch =
            new Watch(
                    (_, why) -> alarms.add(why),
                    (_, _, _) -> unwritten,
                    new KeyedHash(KeyedHash.random()));
    private final Guard guard =
            new Guard(
                    Policy.DEFAULT,
                    new Scanner(
                            new Detector(List.of(), "none"), Duration.ofSeconds(9), 4, Set.of()),
                    watch,
                    Clock.systemUTC());
    private final Body body = body("{\"model\":\"m\",\"messages\":[]}");

    @Test
    void theBytesThatWereAllowedMayGoOnce() {
        Permit permit = clearance(DataClass.INTERNAL).permit(body, THERE, "api:443", LIFE).get();

        assertThat(permit.objection(body, "api:443", "203.0.113.7")).isEmpty();
        assertThat(permit.objection(body, "api:443", "203.0.113.7")).isPresent();
    }

    @Test
    void anyOtherByteIsWithheldAndTold() {
        var random = new Random(9);
        for (int i = 0; i < 500; i++) {
            Permit permit =
                    clearance(DataClass.INTERNAL).permit(body, THERE, "api:443", LIFE).get();
            byte[] changed = body.bytes().clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));

            var objection = permit.objection(new Body(changed), "api:443", "203.0.113.7");

            assertThat(objection).isPresent();
        }
        assertThat(alarms).hasSize(500);
    }

    @Test
    void anotherHostIsWithheld() {
        Permit permit = clearance(DataClass.INTERNAL).permit(body, THERE, "api:443", LIFE).get();

        assertThat(permit.objection(body, "evil:443", "203.0.113.7")).isPresent();
    }

    @Test
    void aNameOfThisMachineThatLeadsElsewhereIsWithheld() {
        Permit permit = clearance(DataClass.PHI).permit(body, HERE, "localhost:1", LIFE).get();

        assertThat(permit.objection(body, "localhost:1", "203.0.113.7")).isPresent();
    }

    @Test
    void anExpiredPermitIsWithheld() {
        Permit permit =
                clearance(DataClass.INTERNAL)
                        .permit(body, THERE, "api:443", Duration.ofNanos(-1))
                        .get();

        assertThat(permit.objection(body, "api:443", "203.0.113.7")).isPresent();
    }

    @Test
    void theSwitchHoldsBackWhatWasAlreadyPermitted() {
        Clearance clearance = clearance(DataClass.INTERNAL);
        Permit there = clearance.permit(body, THERE, "api:443", LIFE).get();
        Permit here = clearance.permit(body, HERE, "localhost:1", LIFE).get();

        watch.localOnly().hold("test", "");

        assertThat(there.objection(body, "api:443", "203.0.113.7")).isPresent();
        assertThat(here.objection(body, "localhost:1", "127.0.0.1")).isEmpty();
        assertThat(clearance.allows(THERE)).isFalse();
        assertThat(clearance.permit(body, THERE, "api:443", LIFE)).isEmpty();
    }

    @Test
    void theSwitchHoldsBackMachinesOfOnesOwnToo() {
        var here = new Zone("desk", Zone.Kind.LOCAL, "", null, List.of("127.0.0.1", "localhost"));
        var rack = new Zone("rack", Zone.Kind.LOCAL, "", null, List.of("10.0.0.0/8"));
        var policy =
                new Policy(
                        Profile.NONE,
                        List.of(here, rack),
                        List.of(),
                        List.of(),
                        Policy.Scanning.DEFAULT);
        var scanner = new Scanner(new Detector(List.of(), "none"), LIFE, 8, Set.of());
        var other = new Guard(policy, scanner, watch, Clock.systemUTC());
        var prompt = new Prompt("auto", List.of(), Set.of(), false, false, 0, 0, body);
        var caller = new Caller("k", null, Tier.FRONTIER, null, DataClass.PHI);
        Clearance clearance = other.check(prompt, caller, Asking.of("r", "t", "/v1/x"));
        ModelCard there = model("there", "rack");
        boolean before = clearance.allows(there);
        Permit permit = clearance.permit(body, there, "10.0.0.9:1", LIFE).get();

        watch.localOnly().hold("test", "");

        assertThat(before).isTrue();
        assertThat(clearance.allows(there)).isFalse();
        assertThat(permit.objection(body, "10.0.0.9:1", "10.0.0.9")).isPresent();
        assertThat(clearance.allows(model("near", "desk"))).isTrue();
    }

    @Test
    void regulatedBytesGetNoPermitForTheCloud() {
        for (DataClass dataClass : DataClass.values()) {
            boolean free = dataClass.compareTo(DataClass.INTERNAL) <= 0;

            assertThat(clearance(dataClass).permit(body, THERE, "api:443", LIFE).isPresent())
                    .isEqualTo(free);
        }
    }

    @Test
    void whatCannotBeWrittenDownDoesNotLeave() {
        unwritten = Optional.of("the disk is full");

        assertThat(clearance(DataClass.PUBLIC).permit(body, THERE, "api:443", LIFE)).isEmpty();
        assertThat(clearance(DataClass.PHI).permit(body, HERE, "localhost:1", LIFE)).isPresent();
    }

    private Clearance clearance(DataClass dataClass) {
        var prompt = new Prompt("auto", List.of(), Set.<Capability>of(), false, false, 0, 0, body);
        var caller = new Caller("k", null, Tier.FRONTIER, null, dataClass);
        return guard.check(prompt, caller, Asking.of("r", "t", "/v1/chat/completions"));
    }

    private static ModelCard model(String name, String zone) {
        return new ModelCard(
                name, "up", name, Tier.MID, DataClass.SECRET, zone, 0, Set.of(), Price.FREE);
    }

    private static Body body(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }
}
