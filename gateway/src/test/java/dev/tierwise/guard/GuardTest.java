package dev.tierwise.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class GuardTest {
    private final Guard guard =
            Clearances.guard(new Detector(List.of(GuardTest::findsSecrets), "test"));

    @Test
    void noSourceLowersTheClass() {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            DataClass declared = pick(random);
            List<String> turns = turns(random);

            DataClass found = check(turns, declared, null).dataClass();

            assertThat(found).isGreaterThanOrEqualTo(declared);
        }
    }

    @Test
    void addedTextNeverWidensAZone() {
        var random = new Random(12);
        for (int i = 0; i < 2_000; i++) {
            List<String> turns = turns(random);
            var more = new ArrayList<>(turns);
            more.add(random.nextInt(more.size() + 1), turns(random).getFirst());

            Clearance before = check(turns, DataClass.PUBLIC, null);
            Clearance after = check(more, DataClass.PUBLIC, null);

            assertThat(before.judgement().decision().zones())
                    .containsAll(after.judgement().decision().zones());
        }
    }

    @Test
    void whatOneTurnDeclaredHoldsForTheNextThatGoesOnFromIt() {
        check(List.of("a letter", "its answer"), DataClass.PHI, null);

        DataClass next =
                check(List.of("a letter", "its answer", "and now?"), DataClass.PUBLIC, null)
                        .dataClass();
        DataClass other = check(List.of("another"), DataClass.PUBLIC, null).dataClass();

        assertThat(next).isEqualTo(DataClass.PHI);
        assertThat(other).isLessThan(DataClass.PHI);
    }

    @Test
    void aNamedConversationKeepsItsClass() {
        check(List.of("one"), DataClass.PHI, "c-7");

        assertThat(check(List.of("two"), DataClass.PUBLIC, "c-7").dataClass())
                .isEqualTo(DataClass.PHI);
        assertThat(check(List.of("three"), DataClass.PUBLIC, "c-8").dataClass())
                .isLessThan(DataClass.PHI);
    }

    @Test
    void aSecretInAnEarlierTurnIsSeenInEveryLaterOne() {
        var turns = new ArrayList<>(List.of("the word is SECRET"));
        for (int i = 0; i < 5; i++) {
            turns.add("and so on " + i);

            assertThat(check(turns, DataClass.PUBLIC, null).dataClass())
                    .isGreaterThanOrEqualTo(DataClass.PERSONAL);
        }
    }

    @Test
    void whatCannotBeSeenCountsAsTheHighestClass() {
        Clearance clearance =
                guard.check(
                        prompt(
                                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{"
                                        + "\"type\":\"image_url\",\"image_url\":{\"url\":"
                                        + "\"https://example.org/scan.png\"}}]}]}"),
                        caller(DataClass.PUBLIC),
                        Asking.of("r", "t", "/"));

        assertThat(clearance.dataClass()).isEqualTo(DataClass.SECRET);
        assertThat(clearance.judgement().sources()).contains("unscannable:secret");
    }

    private static void findsSecrets(Plain text, String field, Recogniser.Hits hits) {
        String whole = new String(text.chars(), 0, text.length());
        for (int at = whole.indexOf("SECRET"); at >= 0; at = whole.indexOf("SECRET", at + 1)) {
            hits.add(at, at + 6, Kind.API_KEY, 1);
        }
    }

    private Clearance check(List<String> turns, DataClass declared, @Nullable String conversation) {
        var messages = turns.stream().map(turn -> Map.of("role", "user", "content", turn)).toList();
        String json =
                JsonMapper.shared()
                        .writeValueAsString(Map.of("model", "auto", "messages", messages));
        var asking =
                new Asking(
                        "r",
                        "t",
                        null,
                        "/v1/chat/completions",
                        name -> name.equals(Asking.CONVERSATION) ? conversation : null);
        return guard.check(prompt(json), caller(declared), asking);
    }

    private static Caller caller(DataClass declared) {
        return new Caller("k", null, Tier.FRONTIER, null, declared);
    }

    private static Prompt prompt(String json) {
        return switch (ChatReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Read.Good<Prompt>(Prompt prompt) -> prompt;
            case Read.Bad<Prompt>(var problem) -> throw new AssertionError(problem.message());
        };
    }

    private static DataClass pick(Random random) {
        return List.of(DataClass.values()).get(random.nextInt(DataClass.values().length));
    }

    private static List<String> turns(Random random) {
        var turns = new ArrayList<String>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            turns.add(random.nextInt(4) == 0 ? "a SECRET here" : "words " + random.nextInt(1_000));
        }
        return turns;
    }
}
