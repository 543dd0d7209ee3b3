package dev.tierwise.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Fetch;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.Capability;
import dev.tierwise.discover.Abilities.Fact;
import dev.tierwise.discover.Abilities.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What runtimes say of their models, and what is tried.
class InquiryTest {
    private static final String CHANCES =
            "{\"choices\":[{\"message\":{\"content\":\"1\"},\"logprobs\":{\"content\":[{\"token\":\"1\"}]}}]}";
    private static final String NO_CHANCES =
            "{\"choices\":[{\"message\":{\"content\":\"1\"},\"logprobs\":null}]}";

    private final Map<String, Fetch.Reply> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Trials trials = new Trials();

    private InquiryTest page(String path, String body) {
        pages.put(path, new Fetch.Reply.Answered(200, body));
        return this;
    }

    private Fetch.Reply answer(Fetch.Request request) {
        String path = request.uri().getPath();
        asked.add(request.method() + " " + path + " " + request.body());
        String key = request.body().contains("tools") ? path + " tools" : path;
        return pages.getOrDefault(
                key, pages.getOrDefault(path, new Fetch.Reply.Answered(404, "{}")));
    }

    private Abilities ask(String backend, String model, boolean openAi) {
        return Objects.requireNonNull(all(backend, model, openAi).get(Found.key("up", model)));
    }

    private Map<String, Abilities> all(String backend, String model, boolean openAi) {
        var subject =
                new Inquiry.Subject(
                        "up",
                        Backends.named(backend).orElseThrow(),
                        URI.create("http://127.0.0.1:1"),
                        Map.of("Authorization", "Bearer key"),
                        openAi,
                        List.of(model));
        return new Inquiry(this::answer, Catalogue.load(), trials, Duration.ofSeconds(20))
                .ask(List.of(subject));
    }

    private static Fact fact(Abilities abilities, Capability capability) {
        return Objects.requireNonNull(abilities.facts().get(capability));
    }

    @ParameterizedTest
    @CsvSource({
        "0.12.10, completion, false",
        "0.12.11, completion, true",
        "0.12.11-rc1, completion, true",
        "0.9.0, completion, false",
        "0.33.0, completion, true",
        "1.0, completion, true",
        "0.13.2, tools, false",
        "0.13.3, tools, true",
        "'', completion, false"
    })
    void ollamaHasChancesFromItsVersionOn(String version, String word, boolean has) {
        page("/api/version", "{\"version\":\"" + version + "\"}");
        page("/api/show", "{\"capabilities\":[\"completion\",\"" + word + "\"]}");

        Abilities abilities = ask("ollama", "m", false);

        assertThat(fact(abilities, Capability.LOGPROBS))
                .satisfies(it -> {
                    assertThat(it.has()).isEqualTo(has);
                    assertThat(it.origin()).isEqualTo(Origin.DOCUMENTED);
                    assertThat(it.source()).contains("since");
                });
        assertThat(fact(abilities, Capability.TOOLS))
                .isEqualTo(new Fact(word.equals("tools"), Origin.SAID, "/api/show"));
        assertThat(asked).noneMatch(it -> it.contains("chat"));
    }

    @Test
    void ollamaSaysWhetherItHandsRequestsOn() {
        page("/api/show", "{\"capabilities\":[\"completion\"]}");
        page("/api/status", "{\"cloud\":{\"disabled\":true,\"source\":\"env\"}}");

        Abilities off = ask("ollama", "m", false);
        page("/api/status", "{\"cloud\":{\"disabled\":false,\"source\":\"none\"}}");
        Abilities on = ask("ollama", "m", false);

        assertThat(off.remarks()).contains("cloud models: off");
        assertThat(on.remarks()).anyMatch(it -> it.startsWith("cloud models: on"));
    }

    @Test
    void theWindowThatOllamaHasLoadedHoldsWhereItCannotBeAskedFor() {
        String info = "\"model_info\":{\"llama.context_length\":131072}";
        page("/api/show", "{\"capabilities\":[\"completion\"]," + info + "}");

        long asked = ask("ollama", "m", false).context();
        long unloaded = ask("ollama", "m", true).context();
        page("/api/show", "{\"parameters\":\"stop x\\nnum_ctx   16384\"," + info + "}");
        long named = ask("ollama", "m", true).context();
        page("/api/ps", "{\"models\":[{\"name\":\"m:latest\",\"context_length\":8192}]}");
        Abilities loaded = ask("ollama", "m", true);

        assertThat(asked).isEqualTo(131_072);
        assertThat(unloaded).isEqualTo(4_096);
        assertThat(named).isEqualTo(16_384);
        assertThat(loaded.context()).isEqualTo(8_192);
        assertThat(loaded.contextSource()).contains("/api/ps");
    }

    @Test
    void lmStudioNeverHasChancesAndItsLoadedWindowHolds() {
        page(
                "/api/v1/models",
                """
                {"models":[{"type":"llm","key":"m","max_context_length":131072,
                 "loaded_instances":[{"id":"m","config":{"context_length":4096}}],
                 "capabilities":{"vision":false,"trained_for_tool_use":true}}]}
                """);

        Abilities abilities = ask("lm-studio", "m", true);

        assertThat(abilities.capabilities())
                .containsExactlyInAnyOrder(Capability.TOOLS, Capability.JSON_SCHEMA);
        assertThat(fact(abilities, Capability.LOGPROBS).has()).isFalse();
        assertThat(abilities.context()).isEqualTo(4_096);
    }

    @Test
    void llamaServerIsReadByItsPropsAndTriedOnce() {
        page("/v1/models", "{\"data\":[{\"id\":\"file.gguf\",\"owned_by\":\"llamacpp\"}]}");
        page(
                "/props",
                """
                {"build_info":"b11669-00dc805","total_slots":4,
                 "default_generation_settings":{"n_ctx":8192},
                 "modalities":{"vision":true,"audio":false},
                 "chat_template_caps":{"supports_tools":true}}
                """);
        page("/v1/chat/completions", CHANCES);

        Abilities abilities = ask("llama-server", "any-name", true);
        ask("llama-server", "any-name", true);

        assertThat(abilities.capabilities())
                .contains(Capability.TOOLS, Capability.VISION, Capability.LOGPROBS);
        assertThat(fact(abilities, Capability.LOGPROBS).origin()).isEqualTo(Origin.TRIED);
        assertThat(abilities.context()).isEqualTo(8192);
        assertThat(abilities.remarks()).anyMatch(it -> it.contains("b11669"));
        assertThat(asked).filteredOn(it -> it.contains("chat")).hasSize(1);
    }

    @Test
    void aModelThatIsNotLoadedIsNotTried() {
        page(
                "/v1/models",
                "{\"data\":[{\"id\":\"m\",\"owned_by\":\"llamacpp\",\"status\":{\"value\":\"unloaded\"}}]}");

        Abilities abilities = ask("llama-server", "m", true);

        assertThat(abilities.facts()).doesNotContainKey(Capability.TOOLS);
        assertThat(asked)
                .noneMatch(it -> it.contains("chat"))
                .noneMatch(it -> it.contains("props"));
    }

    @Test
    void vllmIsTriedWithToolsAndWithout() {
        page("/version", "{\"version\":\"0.20.1\"}");
        page(
                "/v1/models",
                """
                {"data":[{"id":"m","owned_by":"vllm","max_model_len":40960},
                 {"id":"lora","owned_by":"vllm","parent":"m","max_model_len":40960}]}
                """);
        pages.put("/v1/chat/completions tools", new Fetch.Reply.Answered(400, "{}"));
        page("/v1/chat/completions", CHANCES);

        Abilities base = ask("vllm", "m", true);
        page("/v1/chat/completions tools", NO_CHANCES);
        Abilities adapter = ask("vllm", "lora", true);

        assertThat(fact(base, Capability.TOOLS))
                .isEqualTo(new Fact(false, Origin.TRIED, "one request of a token"));
        assertThat(fact(base, Capability.LOGPROBS).has()).isTrue();
        assertThat(base.context()).isEqualTo(40_960);
        assertThat(base.remarks()).contains("adapters: lora");
        assertThat(fact(adapter, Capability.TOOLS).has()).isTrue();
        assertThat(fact(adapter, Capability.LOGPROBS).has()).isFalse();
        assertThat(adapter.remarks()).contains("adapter of m");
    }

    @Test
    void aTrialThatCameToNothingIsMadeAgain() {
        page("/version", "{\"version\":\"0.20.1\"}");
        page("/v1/models", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\"}]}");
        pages.put("/v1/chat/completions tools", new Fetch.Reply.Silent());

        Abilities busy = ask("vllm", "m", true);
        page("/v1/chat/completions tools", CHANCES);
        Abilities free = ask("vllm", "m", true);

        assertThat(busy.facts()).doesNotContainKey(Capability.TOOLS);
        assertThat(free.capabilities()).contains(Capability.TOOLS, Capability.LOGPROBS);
    }

    @Test
    void whatDoesNotAnswerOrIsSomethingElseIsNotKnown() {
        page("/v1/models", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"somebody\"}]}");

        assertThat(all("ollama", "m", false)).isEmpty();
        assertThat(all("lm-studio", "m", true)).isEmpty();
        assertThat(all("llama-server", "m", true)).isEmpty();
        assertThat(all("vllm", "m", true)).isEmpty();
        assertThat(asked).noneMatch(it -> it.contains("chat"));
    }

    @Test
    void theTrialHoldsNothingOfAnybody() {
        page("/version", "{\"version\":\"0.20.1\"}");
        page("/v1/models", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\"}]}");
        page("/v1/chat/completions", CHANCES);

        ask("vllm", "m", true);

        assertThat(asked)
                .filteredOn(it -> it.contains("chat"))
                .singleElement()
                .satisfies(it ->
                        assertThat(it)
                                .contains("\"max_tokens\":1,")
                                .contains("[{\"role\":\"user\",\"content\":\"1\"}]"));
    }
}
