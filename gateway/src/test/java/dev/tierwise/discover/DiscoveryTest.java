package dev.tierwise.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    /// Long enough for a busy machine; the bound itself has tests of its own.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String SHOWN =
            """
            {"details":{"family":"llama"},"capabilities":["completion","tools"],
             "model_info":{"general.architecture":"llama","general.parameter_count":3212749888,
             "llama.context_length":131072}}\
            """;

    private Neighbourhood machine;

    @BeforeEach
    void open() throws IOException {
        machine = new Neighbourhood();
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private Found find(Map<String, String> environment) {
        return new Discovery(machine, Catalogue.load(), new Trials(), PATIENCE)
                .find(environment::get, DAY);
    }

    private static String tags(String... models) {
        return "{\"models\":[" + String.join(",", models) + "]}";
    }

    private static String tag(String name, String size) {
        return "{\"name\":\"%s\",\"model\":\"%s\",\"details\":{\"family\":\"llama\",\"parameter_size\":\"%s\"}}"
                .formatted(name, name, size);
    }

    private static String show(String name) {
        return "/api/show {\"model\":\"" + name + "\"}";
    }

    @Test
    void anEmptyMachineHasNothingAndSaysWhatToDo() {
        Found found = find(Map.of());

        assertThat(found.upstreams()).isEmpty();
        assertThat(found.models()).isEmpty();
        assertThat(found.missing())
                .contains(
                        new Missing(
                                "ollama",
                                "127.0.0.1:11434",
                                "nothing answers",
                                "install Ollama (https://ollama.com), then: ollama pull"
                                        + " llama3.2:3b"))
                .extracting(Missing::source)
                .contains("ollama", "lm-studio", "llama-server", "vllm", "openai", "anthropic");
    }

    @Test
    void ollamaTellsWhatItsModelsCanDo() throws IOException {
        machine.at("127.0.0.1:11434")
                .page("/api/tags", tags(tag("llama3.2:3b", "3.2B")))
                .page(show("llama3.2:3b"), SHOWN);

        Found found = find(Map.of());

        assertThat(found.models())
                .singleElement()
                .satisfies(card -> {
                    assertThat(card.name()).isEqualTo("llama3.2:3b");
                    assertThat(card.upstream()).isEqualTo("ollama");
                    assertThat(card.tier()).isEqualTo(Tier.LOCAL);
                    assertThat(card.clearance()).isEqualTo(DataClass.SECRET);
                    assertThat(card.context()).isEqualTo(131_072);
                    assertThat(card.capabilities())
                            .contains(Capability.TOOLS, Capability.JSON_SCHEMA)
                            .doesNotContain(Capability.VISION);
                    assertThat(card.prices()).isEqualTo(Price.FREE);
                });
        assertThat(found.upstreams().getFirst().url()).hasToString("http://127.0.0.1:11434");
    }

    @Test
    void theSmallestUsefulModelComesFirstAndTheTiniestLast() throws IOException {
        machine.at("127.0.0.1:11434")
                .page(
                        "/api/tags",
                        tags(
                                tag("qwen2.5:14b", "14.8B"),
                                tag("smollm2:135m", "134.52M"),
                                tag("own:latest", ""),
                                tag("llama3.2:1b", "1.2B"),
                                tag("llama3.2:3b", "3.2B")));

        Found found = find(Map.of());

        assertThat(found.models())
                .extracting(ModelCard::name)
                .containsExactly(
                        "llama3.2:1b", "llama3.2:3b", "qwen2.5:14b", "own:latest", "smollm2:135m");
    }

    @Test
    void modelsThatMakeVectorsAreLeftOut() throws IOException {
        machine.at("127.0.0.1:11434")
                .page(
                        "/api/tags",
                        tags(
                                tag("llama3.2:3b", "3.2B"),
                                tag("nomic-embed-text:latest", "137M"),
                                tag("vectors:latest", "137M")))
                .page(show("llama3.2:3b"), SHOWN)
                .page(show("vectors:latest"), "{\"capabilities\":[\"embedding\"]}");

        Found found = find(Map.of());

        assertThat(found.models()).extracting(ModelCard::name).containsExactly("llama3.2:3b");
    }

    @Test
    void aModelOfWhichOllamaItselfSaysNothingMaySeeNoRegulatedData() throws IOException {
        machine.at("127.0.0.1:11434").page("/api/tags", tags(tag("llama3.2:3b", "3.2B")));

        Found found = find(Map.of());

        assertThat(found.models())
                .singleElement()
                .returns(DataClass.INTERNAL, ModelCard::clearance)
                .returns(ModelCard.CLOUD, ModelCard::zone);
    }

    @Test
    void aModelThatOllamaHandsToTheCloudIsNotLocal() throws IOException {
        machine.at("127.0.0.1:11434")
                .page(
                        "/api/tags",
                        tags(
                                tag("gpt-oss:120b-cloud", "117B"),
                                "{\"name\":\"mine\",\"remote_host\":\"https://ollama.com:443\"}",
                                tag("hidden:7b", "7B"),
                                tag("kimi-k2:cloud", "1T"),
                                tag("llama3.2:3b", "3.2B")))
                .page(show("llama3.2:3b"), SHOWN)
                .page(show("hidden:7b"), "{\"remote_host\":\"https://ollama.com:443\"}");

        Found found = find(Map.of());

        assertThat(found.models())
                .filteredOn(card -> card.clearance() == DataClass.SECRET)
                .extracting(ModelCard::name)
                .containsExactly("llama3.2:3b");
        assertThat(found.models())
                .filteredOn(card -> !card.name().equals("llama3.2:3b"))
                .hasSize(4)
                .allSatisfy(card -> {
                    assertThat(card.tier()).isEqualTo(Tier.MID);
                    assertThat(card.clearance()).isEqualTo(DataClass.INTERNAL);
                    assertThat(card.prices()).isEmpty();
                });
    }

    @Test
    void anOllamaElsewhereIsFreeButNotTrusted() throws IOException {
        machine.at("10.0.0.7:11434").page("/api/tags", tags(tag("llama3.2:3b", "3.2B")));

        Found found = find(Map.of("OLLAMA_HOST", "10.0.0.7"));

        assertThat(found.models())
                .singleElement()
                .satisfies(card -> {
                    assertThat(card.tier()).isEqualTo(Tier.LOCAL);
                    assertThat(card.clearance()).isEqualTo(DataClass.INTERNAL);
                });
        assertThat(found.upstreams().getFirst().clearance()).isEqualTo(DataClass.INTERNAL);
    }

    @Test
    void anOllamaWithoutModelsSaysWhichToPull() throws IOException {
        machine.at("127.0.0.1:11434").page("/api/tags", tags());

        Found found = find(Map.of());

        assertThat(found.upstreams()).isEmpty();
        assertThat(found.missing())
                .filteredOn(missing -> missing.source().equals("ollama"))
                .extracting(Missing::next)
                .containsExactly("ollama pull llama3.2:3b");
    }

    @Test
    void parallelRequestsFollowOllamasVariable() throws IOException {
        machine.at("127.0.0.1:11434").page("/api/tags", tags(tag("llama3.2:3b", "3.2B")));

        Found found = find(Map.of("OLLAMA_NUM_PARALLEL", "4"));

        assertThat(found.upstreams().getFirst().maxConcurrent()).isEqualTo(4);
    }

    @Test
    void lmStudiosPresentListingIsRead() throws IOException {
        machine.at("127.0.0.1:1234")
                .page(
                        "/api/v1/models",
                        """
                        {"models":[
                         {"type":"llm","key":"qwen/qwen3-4b","params_string":"4B",
                          "max_context_length":40960,"loaded_instances":[{"id":"a",
                          "config":{"context_length":8192}}],
                          "capabilities":{"vision":false,"trained_for_tool_use":true}},
                         {"type":"embedding","key":"text-embedding-nomic","max_context_length":2048}]}
                        """);

        Found found = find(Map.of());

        assertThat(found.models())
                .singleElement()
                .satisfies(card -> {
                    assertThat(card.name()).isEqualTo("qwen/qwen3-4b");
                    assertThat(card.context()).isEqualTo(8192);
                    assertThat(card.clearance()).isEqualTo(DataClass.INTERNAL);
                    assertThat(card.capabilities())
                            .contains(Capability.TOOLS, Capability.JSON_SCHEMA)
                            .doesNotContain(Capability.LOGPROBS);
                });
    }

    @Test
    void lmStudiosFormerListingIsRead() throws IOException {
        machine.at("127.0.0.1:1234")
                .page("/api/v1/models", "{\"error\":\"Unexpected endpoint or method.\"}")
                .page(
                        "/api/v0/models",
                        """
                        {"object":"list","data":[
                         {"id":"qwen2-vl-7b-instruct","type":"vlm","state":"not-loaded",
                          "max_context_length":32768},
                         {"id":"text-embedding-nomic-embed-text-v1.5","type":"embeddings"}]}\
                        """);

        Found found = find(Map.of());

        assertThat(found.models())
                .singleElement()
                .satisfies(card -> {
                    assertThat(card.context()).isEqualTo(32_768);
                    assertThat(card.capabilities()).contains(Capability.VISION);
                });
    }

    @Test
    void llamaServerTellsItsContextAndSlots() throws IOException {
        machine.at("127.0.0.1:8080")
                .page(
                        "/v1/models",
                        """
                        {"object":"list","data":[{"id":"Llama-3.2-3B-Instruct-Q4_K_M.gguf",
                         "owned_by":"llamacpp","meta":{"n_params":3212749888,"n_ctx_train":131072}}]}
                        """)
                .page(
                        "/props",
                        """
                        {"default_generation_settings":{"n_ctx":4096},"total_slots":4,
                         "chat_template":"{% if tools %}","modalities":{"vision":true}}\
                        """);

        Found found = find(Map.of());

        assertThat(found.upstreams())
                .singleElement()
                .satisfies(upstream -> {
                    assertThat(upstream.name()).isEqualTo("llama-server");
                    assertThat(upstream.maxConcurrent()).isEqualTo(4);
                });
        assertThat(found.models().getFirst().context()).isEqualTo(4096);
        assertThat(found.models().getFirst().capabilities())
                .contains(Capability.TOOLS, Capability.VISION, Capability.LOGPROBS);
    }

    @Test
    void anotherWebServerOn8080IsNotTakenForLlamaServer() throws IOException {
        machine.at("127.0.0.1:8080").page("/v1/models", "<!doctype html><title>Jenkins</title>");

        Found found = find(Map.of());

        assertThat(found.upstreams()).isEmpty();
        assertThat(found.missing())
                .filteredOn(missing -> missing.source().equals("llama-server"))
                .extracting(Missing::why)
                .containsExactly("another server answers there");
    }

    @Test
    void anotherModelServerOn8080IsNotTakenForLlamaServer() throws IOException {
        machine.at("127.0.0.1:8080")
                .page("/v1/models", "{\"data\":[{\"id\":\"x\",\"owned_by\":\"somebody\"}]}");

        assertThat(find(Map.of()).models()).isEmpty();
    }

    @Test
    void vllmTellsItsContextAndKeepsItsAdapters() throws IOException {
        machine.at("127.0.0.1:8000")
                .page(
                        "/v1/models",
                        """
                        {"object":"list","data":[
                         {"id":"Qwen/Qwen3-4B","owned_by":"vllm","max_model_len":16384,"parent":null},
                         {"id":"tuned","owned_by":"vllm","parent":"Qwen/Qwen3-4B"}]}\
                        """);

        Found found = find(Map.of());

        assertThat(found.models())
                .singleElement()
                .satisfies(card -> {
                    assertThat(card.remoteName()).isEqualTo("Qwen/Qwen3-4B");
                    assertThat(card.context()).isEqualTo(16_384);
                    assertThat(card.capabilities()).contains(Capability.CHOICES);
                });
    }

    @Test
    void theSameModelOnTwoServersHasTwoNames() throws IOException {
        String listing =
                "{\"data\":[{\"id\":\"Qwen/Qwen3-4B\",\"owned_by\":\"%s\",\"type\":\"llm\"}]}";
        machine.at("127.0.0.1:8000").page("/v1/models", listing.formatted("vllm"));
        machine.at("127.0.0.1:8080").page("/v1/models", listing.formatted("llamacpp"));

        Found found = find(Map.of());

        assertThat(found.models())
                .extracting(ModelCard::name)
                .containsExactly("Qwen/Qwen3-4B", "vllm/Qwen/Qwen3-4B");
    }
}
