package dev.tierwise.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Profile;
import dev.tierwise.policy.Rule;
import dev.tierwise.policy.Zone;
import dev.tierwise.veil.Veil;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is asked for the sake of a request never goes further than the request.
class DerivedTest {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final ModelCard HERE = model("here", ModelCard.HOST);
    private static final ModelCard THERE = model("there", ModelCard.CLOUD);
    private static final ModelCard LAB = model("lab", "lab");

    /// Secrets may go to the laboratory, of all places, where lesser data may not.
    private static final Policy POLICY =
            new Policy(
                    Profile.NONE,
                    List.of(new Zone("lab", Zone.Kind.CLOUD, "", null, List.of())),
                    List.of(
                            rule(DataClass.PERSONAL, Rule.Transform.PSEUDONYMISE, "host", "cloud"),
                            rule(DataClass.SECRET, Rule.Transform.NONE, "host", "lab"),
                            rule(DataClass.SPECIAL, Rule.Transform.NONE, "host", "cloud")),
                    List.of(),
                    Policy.Scanning.DEFAULT);

    private final List<String> noted = new ArrayList<>();
    private final Guard guard =
            new Guard(
                    POLICY,
                    new Scanner(
                            new Detector(List.of(DerivedTest::finds), "test"),
                            Duration.ofSeconds(10),
                            8,
                            Set.of()),
                    new Watch(
                            (_, _) -> {},
                            (_, request, _) -> {
                                noted.add(request);
                                return Optional.empty();
                            },
                            new KeyedHash(KeyedHash.random())),
                    Clock.systemUTC());

    private static Rule rule(DataClass of, Rule.Transform transform, String... zones) {
        return new Rule(
                "for " + of.word(),
                new Rule.When(Set.of(of), Set.of(), Set.of()),
                new Rule.Then.To(Set.of(zones), transform));
    }

    private static void finds(Plain text, String field, Recogniser.Hits hits) {
        String whole = new String(text.chars(), 0, text.length());
        mark(whole, "SECRET", Kind.API_KEY, hits);
        mark(whole, "anna@example.org", Kind.EMAIL, hits);
    }

    private static void mark(String whole, String word, Kind kind, Recogniser.Hits hits) {
        for (int at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
            hits.add(at, at + word.length(), kind, 1);
        }
    }

    @Test
    void nobodyMaySeeItWhoMayNotSeeTheOriginal() {
        var random = new Random(3);
        DataClass[] classes = DataClass.values();
        String[] texts = {"words", "of SECRET", "to anna@example.org", "no more"};
        for (int round = 0; round < 500; round++) {
            String text = texts[random.nextInt(texts.length)];
            Clearance original = check(text, classes[random.nextInt(classes.length)]);

            Clearance derived = original.derive(prompt(texts[random.nextInt(texts.length)]));
            Clearance again = derived.derive(prompt(text));

            for (ModelCard model : List.of(HERE, THERE, LAB)) {
                assertThat(original.allows(model) || !derived.allows(model)).isTrue();
                assertThat(derived.allows(model) || !again.allows(model)).isTrue();
                assertThat(original.veil(model) == null || derived.veil(model) != null).isTrue();
            }
            assertThat(derived.dataClass()).isGreaterThanOrEqualTo(original.dataClass());
            assertThat(again.dataClass()).isGreaterThanOrEqualTo(derived.dataClass());
        }
    }

    @Test
    void whatAnAnswerRevealsKeepsItHere() {
        Clearance original = check("what is the word?", DataClass.INTERNAL);

        Clearance derived = original.derive(prompt("the word is SECRET"));

        assertThat(derived.dataClass()).isEqualTo(DataClass.SECRET);
        assertThat(derived.judgement().sources()).contains("derived:secret");
        assertThat(derived.allows(THERE)).isFalse();
        assertThat(derived.allows(HERE)).isTrue();
        assertThat(original.allows(THERE)).isTrue();
    }

    @Test
    void aHigherClassOpensNoZone() {
        Clearance original = check("of a faith", DataClass.SPECIAL);

        Clearance derived = original.derive(prompt("of SECRET"));

        assertThat(derived.judgement().decision().zones()).contains("lab");
        assertThat(derived.allows(LAB)).isFalse();
        assertThat(derived.refusal(LAB).message()).contains("special").contains("`lab`");
        assertThat(derived.allows(HERE)).isTrue();
    }

    @Test
    void itGoesUnderAVeilWhereTheOriginalDoes() {
        Clearance original = check("to anna@example.org", DataClass.PERSONAL);

        Clearance derived = original.derive(prompt("is this for anna@example.org?"));

        assertThat(derived.veil(THERE))
                .isInstanceOfSatisfying(
                        Veil.Drawn.Over.class,
                        over ->
                                assertThat(text(over.body()))
                                        .doesNotContain("anna@example.org")
                                        .contains("is this for"));
        assertThat(derived.permit(derived.prompt().body(), THERE, "api:443", LIFE)).isEmpty();
        assertThat(derived.veil(HERE)).isNull();
    }

    /// The rule for the higher class asks for no veil.
    @Test
    void aVeilIsNotLiftedByAHigherClass() {
        Clearance original = check("to anna@example.org", DataClass.PERSONAL);
        Clearance derived = original.derive(prompt("of SECRET"));
        assertThat(derived.judgement().decision().transform()).isEqualTo(Rule.Transform.NONE);

        assertThat(derived.transform(Zone.CLOUD)).isEqualTo(Rule.Transform.PSEUDONYMISE);
    }

    @Test
    void whatLeavesIsWrittenDownWithTheRequest() {
        Clearance original = check("words", DataClass.INTERNAL);
        Clearance derived = original.derive(prompt("other words"));

        Permit permit =
                derived.permit(derived.prompt().body(), THERE, "api:443", LIFE).orElseThrow();

        assertThat(original.permits()).containsExactly(permit);
        assertThat(derived.permits()).containsExactly(permit);
        assertThat(noted).containsExactly("r7");
    }

    @Test
    void itEndsWithTheRequest() {
        Clearance original = check("to anna@example.org", DataClass.PERSONAL);
        Clearance derived = original.derive(prompt("is this for anna@example.org?"));
        var over = Objects.requireNonNull((Veil.Drawn.Over) derived.veil(THERE));

        original.close();

        assertThat(text(over.veil().lift(over.body()))).isEqualTo(text(over.body()));
    }

    private Clearance check(String text, DataClass declared) {
        return guard.check(
                prompt(text),
                new Caller("k", null, Tier.FRONTIER, null, declared),
                Asking.of("r7", "t", "/v1/chat/completions"));
    }

    private static Prompt prompt(String text) {
        String json = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
        return switch (ChatReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Read.Good<Prompt>(Prompt prompt) -> prompt;
            case Read.Bad<Prompt>(var problem) -> throw new AssertionError(problem.message());
        };
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static ModelCard model(String name, String zone) {
        return new ModelCard(
                name, "up", name, Tier.MID, DataClass.SECRET, zone, 0, Set.of(), Price.FREE);
    }
}
