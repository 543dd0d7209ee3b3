package dev.tierwise.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Fetch;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CloudKeysTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final String KEY = "sk-test-not-a-real-key";

    private final List<URI> asked = new CopyOnWriteArrayList<>();

    private Found find(Map<String, String> environment) {
        Fetch nobody =
                request -> {
                    asked.add(request.uri());
                    return new Fetch.Reply.Unreachable("connection refused");
                };
        return new Discovery(nobody, Catalogue.load(), new Trials(), Duration.ofSeconds(20))
                .find(environment::get, DAY);
    }

    @Test
    void aKeyBringsAMiddleAndAFrontierModel() {
        Found found = find(Map.of("OPENAI_API_KEY", KEY));

        assertThat(found.upstreams())
                .singleElement()
                .satisfies(upstream -> {
                    assertThat(upstream.name()).isEqualTo("openai");
                    assertThat(upstream.keyVariable()).isEqualTo("OPENAI_API_KEY");
                    assertThat(upstream.clearance()).isEqualTo(DataClass.INTERNAL);
                });
        assertThat(found.models()).extracting(ModelCard::tier).contains(Tier.MID, Tier.FRONTIER);
        assertThat(found.models())
                .allSatisfy(card -> {
                    assertThat(card.clearance()).isEqualTo(DataClass.INTERNAL);
                    assertThat(card.prices()).isNotEmpty();
                });
    }

    @Test
    void nobodyButThisMachineIsAsked() {
        find(Map.of("OPENAI_API_KEY", KEY, "ANTHROPIC_API_KEY", KEY));

        assertThat(asked).isNotEmpty().allMatch(uri -> uri.getHost().equals("127.0.0.1"));
    }

    @Test
    void theKeyIsNowhereInWhatWasFound() {
        Found found = find(Map.of("OPENAI_API_KEY", KEY, "VLLM_API_KEY", KEY));

        assertThat(found.toString()).doesNotContain(KEY);
    }

    @Test
    void aBlankKeyIsNone() {
        Found found = find(Map.of("OPENAI_API_KEY", " ", "ANTHROPIC_API_KEY", ""));

        assertThat(found.upstreams()).isEmpty();
        assertThat(found.missing())
                .contains(
                        new Missing(
                                "openai",
                                "environment: OPENAI_API_KEY",
                                "not set",
                                "export OPENAI_API_KEY=…"));
    }

    @Test
    void theSecondVariableCounts() {
        Found found = find(Map.of("GOOGLE_API_KEY", KEY));

        assertThat(found.upstreams())
                .singleElement()
                .extracting(FoundUpstream::keyVariable)
                .isEqualTo("GOOGLE_API_KEY");
    }

    @Test
    void aLoneProviderOfMiddleModelsFillsTheFrontierToo() {
        Found found = find(Map.of("DEEPSEEK_API_KEY", KEY));

        assertThat(found.models())
                .extracting(ModelCard::name)
                .containsExactly("deepseek-v4-flash", "deepseek-v4-pro");
        assertThat(found.models())
                .extracting(ModelCard::tier)
                .containsExactly(Tier.MID, Tier.FRONTIER);
    }

    @Test
    void besideAFrontierProviderItStaysInTheMiddle() {
        Found found = find(Map.of("DEEPSEEK_API_KEY", KEY, "ANTHROPIC_API_KEY", KEY));

        assertThat(found.models())
                .filteredOn(card -> card.upstream().equals("deepseek"))
                .extracting(ModelCard::tier)
                .containsOnly(Tier.MID);
        assertThat(found.models())
                .filteredOn(card -> card.tier() == Tier.FRONTIER)
                .extracting(ModelCard::upstream)
                .containsOnly("anthropic");
    }

    @Test
    void anthropicsModelsHaveNoSchemaThroughItsOpenAiDoor() {
        Found found = find(Map.of("ANTHROPIC_API_KEY", KEY));

        assertThat(found.models())
                .isNotEmpty()
                .allSatisfy(card ->
                        assertThat(card.capabilities())
                                .contains(Capability.TOOLS)
                                .doesNotContain(Capability.JSON_SCHEMA));
    }

    @Test
    void aKeyForAnotherServerIsNotSentToOpenAi() {
        Found found =
                find(
                        Map.of(
                                "OPENAI_API_KEY",
                                KEY,
                                "OPENAI_BASE_URL",
                                "https://llm.example.com/v1"));

        assertThat(found.upstreams()).isEmpty();
        assertThat(found.missing())
                .filteredOn(missing -> missing.source().equals("openai"))
                .extracting(Missing::why)
                .containsExactly("it names a server that is not OpenAI's own");
    }

    @Test
    void aRegionOfOpenAiIsOpenAi() {
        Found found =
                find(
                        Map.of(
                                "OPENAI_API_KEY",
                                KEY,
                                "OPENAI_BASE_URL",
                                "https://eu.api.openai.com/v1"));

        assertThat(found.upstreams())
                .singleElement()
                .extracting(FoundUpstream::url)
                .isEqualTo(URI.create("https://eu.api.openai.com"));
    }
}
