package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.config.Reading;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.discover.Abilities;
import dev.tierwise.discover.Attestor;
import dev.tierwise.discover.Found;
import dev.tierwise.discover.FoundUpstream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolingTest {
    @TempDir private Path folder;

    @Test
    void severalUpstreamsMakeOneModel() throws Exception {
        Sources sources =
                sources(
                        """
                        upstreams:
                          - {name: here, backend: ollama, url: 'http://127.0.0.1:11434'}
                          - {name: studio, backend: lm-studio, url: 'http://10.0.0.9:1234', zone: cloud}
                        models:
                          - {name: small, upstreams: [here, studio], id: 'llama3.2:3b', tier: local,
                             ids: {studio: llama-3.2-3b-instruct}}
                        """,
                        Found.NOTHING);

        ModelCard card = sources.models().getFirst();

        assertThat(sources.problems()).isEmpty();
        assertThat(sources.models()).hasSize(1);
        assertThat(card.upstream()).isEqualTo("here+studio");
        assertThat(card.each())
                .extracting(ModelCard::remoteName)
                .containsExactly("llama3.2:3b", "llama-3.2-3b-instruct");
        assertThat(card.each())
                .extracting(ModelCard::zone)
                .containsExactly(ModelCard.HOST, ModelCard.CLOUD);
        assertThat(card.zone()).isEqualTo(ModelCard.CLOUD);
        assertThat(sources.claims()).extracting(Attestor.Claim::seat).containsExactly("small@here");
    }

    @Test
    void theLeastClearanceAndContextHoldForTheWhole() {
        ModelCard whole =
                Pooling.card(
                        List.of(
                                card("m", "a", DataClass.SECRET, 8192),
                                card("m", "b", DataClass.INTERNAL, 0),
                                card("m", "c", DataClass.PHI, 4096)));

        assertThat(whole.clearance()).isEqualTo(DataClass.INTERNAL);
        assertThat(whole.context()).isEqualTo(4096);
        assertThat(whole.sites()).hasSize(3);
    }

    @Test
    void whatOneOfThemLacksTheWholeLacks() throws Exception {
        String yaml =
                """
                upstreams: [{name: a, backend: ollama}, {name: b, backend: vllm}]
                models: [{name: m, upstreams: [a, b], tier: local}]
                """;
        var told =
                Map.of(
                        Found.key("a", "m"),
                        able(Capability.TOOLS, Capability.LOGPROBS),
                        Found.key("b", "m"),
                        able(Capability.TOOLS));

        Sources both = sources(yaml, Found.NOTHING.knowing(told));
        Sources one =
                sources(
                        yaml,
                        Found.NOTHING.knowing(Map.of(Found.key("a", "m"), able(Capability.TOOLS))));

        assertThat(both.models().getFirst().capabilities()).containsExactly(Capability.TOOLS);
        assertThat(one.models().getFirst().capabilities())
                .as("a runtime that has said nothing has nothing")
                .isEmpty();
    }

    @Test
    void theFileOutweighsTheRuntime() throws Exception {
        String yaml =
                """
                upstreams: [{name: a, backend: ollama}]
                models: [{name: m, upstream: a, tier: local, capabilities: [vision], context: 999}]
                """;

        ModelCard card =
                sources(
                                yaml,
                                Found.NOTHING.knowing(
                                        Map.of(Found.key("a", "m"), able(Capability.TOOLS))))
                        .models()
                        .getFirst();

        assertThat(card.capabilities()).containsExactly(Capability.VISION);
        assertThat(card.context()).isEqualTo(999);
    }

    private static Abilities able(Capability... can) {
        return Abilities.listed(Set.of(can), Abilities.Origin.SAID, "test", 4096, "test");
    }

    @Test
    void whatIsFoundTwiceOnThisMachineIsOneModel() throws Exception {
        var found =
                found(
                        card("qwen3:4b", "ollama", DataClass.SECRET, 8192),
                        other("vllm/qwen3:4b", "qwen3:4b", "vllm", DataClass.SECRET));

        Sources sources = sources("", found);

        assertThat(sources.models()).hasSize(1);
        assertThat(sources.models().getFirst().name()).isEqualTo("qwen3:4b");
        assertThat(sources.sites().map(ModelCard::upstream)).containsExactly("ollama", "vllm");
        assertThat(sources.sites().map(ModelCard::name)).containsOnly("qwen3:4b");
    }

    @Test
    void whatIsNotKnownToRunHereIsNeverPooledByItself() throws Exception {
        var found =
                found(
                        card("qwen3:4b", "ollama", DataClass.SECRET, 8192),
                        other("vllm/qwen3:4b", "qwen3:4b", "vllm", DataClass.INTERNAL));

        Sources sources = sources("", found);

        assertThat(sources.models())
                .extracting(ModelCard::name)
                .containsExactly("qwen3:4b", "vllm/qwen3:4b");
        assertThat(sources.models()).allMatch(it -> it.sites().isEmpty());
    }

    @Test
    void whatTheFileListsIsNotPooledWithWhatIsFound() throws Exception {
        var found = found(other("vllm/qwen3:4b", "qwen3:4b", "vllm", DataClass.SECRET));

        Sources sources =
                sources(
                        """
                        discovery: local
                        upstreams: [{name: box, backend: ollama}]
                        models: [{name: 'qwen3:4b', upstream: box, tier: local}]
                        """,
                        found);

        assertThat(sources.models()).allMatch(it -> it.sites().isEmpty());
    }

    private Sources sources(String yaml, Found found) throws Exception {
        Path file = Files.writeString(folder.resolve("tierwise.yaml"), yaml);
        Reading read = ConfigFile.read(file, _ -> null);
        assertThat(read).isInstanceOf(Reading.Loaded.class);
        Config config = ((Reading.Loaded) read).config();
        return Sources.of(config, found, Catalogue.load(), _ -> null);
    }

    private static Found found(ModelCard... cards) {
        List<FoundUpstream> upstreams = List.of(upstream("ollama"), upstream("vllm"));
        return new Found(upstreams, List.of(cards), List.of(), Map.of());
    }

    private static FoundUpstream upstream(String name) {
        Backend backend = Backends.named(name).orElseThrow();
        return new FoundUpstream(
                name, backend, URI.create("http://127.0.0.1:1"), null, DataClass.SECRET, 1);
    }

    private static ModelCard card(String name, String upstream, DataClass clearance, long context) {
        return new ModelCard(
                name,
                upstream,
                name,
                Tier.LOCAL,
                clearance,
                ModelCard.HOST,
                context,
                Set.of(),
                Price.FREE);
    }

    private static ModelCard other(
            String name, String remote, String upstream, DataClass clearance) {
        return new ModelCard(
                name,
                upstream,
                remote,
                Tier.LOCAL,
                clearance,
                clearance == DataClass.SECRET ? ModelCard.HOST : ModelCard.CLOUD,
                8192,
                Set.of(),
                Price.FREE);
    }
}
