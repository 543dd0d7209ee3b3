package dev.tierwise.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Fetch;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.ModelCard;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryFaultsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final String OLLAMA = "127.0.0.1:11434";
    private static final String TAGS = "{\"models\":[{\"name\":\"llama3.2:3b\"}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"models\"",
                "{\"models\":{}}",
                "{\"models\":\"none\"}",
                "{\"models\":[1,null,[],\"x\",{}]}",
                "{\"models\":[{\"name\":{\"a\":1}}]}",
                "{\"models\":[{\"name\":\"\"}]}",
                "{\"error\":\"no\"}"
            })
    void garbageIsNoServer(String garbage) throws IOException {
        try (Neighbourhood machine = new Neighbourhood()) {
            machine.at(OLLAMA).page("/api/tags", garbage);
            machine.at("127.0.0.1:1234")
                    .page("/api/v1/models", garbage)
                    .page("/api/v0/models", garbage.replace("models", "data"));
            machine.at("127.0.0.1:8080").page("/v1/models", garbage.replace("models", "data"));
            machine.at("127.0.0.1:8000").page("/v1/models", garbage.replace("models", "data"));

            Found found =
                    new Discovery(machine, Catalogue.load(), new Trials(), LONG)
                            .find(Map.<String, String>of()::get, DAY);

            assertThat(found.upstreams()).isEmpty();
            assertThat(found.missing())
                    .extracting(Missing::source)
                    .contains("ollama", "lm-studio", "llama-server", "vllm");
        }
    }

    @Test
    void oddFieldsOfAModelDoNotHideTheOthers() throws IOException {
        try (Neighbourhood machine = new Neighbourhood()) {
            machine.at(OLLAMA)
                    .page(
                            "/api/tags",
                            """
                            {"models":[{"name":"odd","details":7,"capabilities":{"a":[]}},
                             {"name":"big","details":{"parameter_size":"1.2.3B","family":[]}},
                             {"name":"llama3.2:3b"}]}\
                            """)
                    .page("/api/show", "{\"model_info\":[],\"capabilities\":{}}");

            Found found =
                    new Discovery(machine, Catalogue.load(), new Trials(), LONG)
                            .find(Map.<String, String>of()::get, DAY);

            assertThat(found.models())
                    .extracting(ModelCard::name)
                    .containsExactly("llama3.2:3b", "odd", "big");
            assertThat(machine.requests()).filteredOn(r -> r.contains("/api/show")).hasSize(3);
        }
    }

    @Test
    void aServerThatHangsIsNamedAndTheOthersAreFound() throws IOException {
        try (Neighbourhood machine = new Neighbourhood()) {
            machine.at(OLLAMA).page("/api/tags", TAGS);
            machine.at("127.0.0.1:8000").page("/v1/models", "hang");

            Found found =
                    new Discovery(machine, Catalogue.load(), new Trials(), Duration.ofSeconds(3))
                            .find(Map.<String, String>of()::get, DAY);

            assertThat(found.upstreams()).extracting(FoundUpstream::name).containsExactly("ollama");
            assertThat(found.missing())
                    .filteredOn(missing -> missing.source().equals("vllm"))
                    .extracting(Missing::why)
                    .containsExactly("something listens, but it did not answer in time");
        }
    }

    @Test
    void ollamaIsUsedAsItListsItselfWhenItsDetailsHang() throws IOException {
        try (Neighbourhood machine = new Neighbourhood()) {
            machine.at(OLLAMA).page("/api/tags", TAGS).page("/api/show", "hang");

            Found found =
                    new Discovery(machine, Catalogue.load(), new Trials(), Duration.ofSeconds(3))
                            .find(Map.<String, String>of()::get, DAY);

            assertThat(found.models())
                    .singleElement()
                    .satisfies(card -> assertThat(card.context()).isEqualTo(131_072));
        }
    }

    @Test
    void aFetchThatNeverReturnsDoesNotHoldTheSearch() {
        CompletableFuture<Fetch.Reply> never = new CompletableFuture<>();
        Fetch stuck = _ -> never.join();
        long start = System.nanoTime();

        Found found =
                new Discovery(stuck, Catalogue.load(), new Trials(), SHORT)
                        .find(Map.<String, String>of()::get, DAY);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(found.missing())
                .filteredOn(missing -> missing.where().startsWith("127.0.0.1"))
                .hasSize(4);
        never.complete(new Fetch.Reply.Silent());
    }
}
