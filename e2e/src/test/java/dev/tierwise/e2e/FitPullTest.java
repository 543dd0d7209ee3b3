package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import dev.tierwise.fakes.model.TinyModel;
import dev.tierwise.fakes.registry.FakeRegistry;
import dev.tierwise.fakes.registry.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `fit --pull`: what is recommended is fetched, from a registry in the form of Ollama's.
final class FitPullTest {
    private static final List<String> MACHINE = List.of("--memory", "8G", "--bandwidth", "200");
    private static final long MORE_THAN_ANY_DISK = 1L << 60;

    private final FakeRegistry registry = FakeRegistry.start();
    private final Home home =
            Home.make(
                    Map.of(
                            "TIERWISE_OLLAMA_REGISTRY",
                            registry.url().toString(),
                            "OLLAMA_HOST",
                            "127.0.0.1:9"));

    @AfterEach
    void stop() {
        home.close();
        registry.close();
    }

    private Home.Result fit(String... more) {
        var all = new ArrayList<>(List.of("fit"));
        all.addAll(MACHINE);
        all.addAll(List.of(more));
        return home.run(all.toArray(String[]::new));
    }

    /// The names that are recommended for the machine.
    private List<String> names() {
        return names("tierwise");
    }

    private List<String> names(String into) {
        Home.Result result = fit("--json", "--into", into);
        assertThat(result.code()).as(result.err()).isZero();
        JsonNode pull = JsonMapper.shared().readTree(result.out()).at("/recommended/pull");
        List<String> names = pull.valueStream().map(JsonNode::stringValue).toList();
        assertThat(names).hasSize(2);
        return names;
    }

    private static String path(String name) {
        return "library/" + name.replaceFirst(":.*", "");
    }

    private static String tag(String name) {
        return name.contains(":") ? name.replaceFirst(".*:", "") : "latest";
    }

    private void offer(String name, long seed) {
        try {
            Path file = home.folder().resolve("tiny-" + seed + ".gguf");
            byte[] bytes = Files.readAllBytes(TinyModel.usual().withSeed(seed).write(file));
            registry.model(path(name), tag(name), bytes, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int here() {
        Home.Result result = home.run("models", "ls", "--json");
        return JsonMapper.shared().readTree(result.out()).path("models").size();
    }

    @Test
    void bothModelsAreFetchedAndTheNextCommandIsNamed() {
        List<String> names = names();
        offer(names.getFirst(), 1);
        offer(names.getLast(), 2);

        Home.Result result = fit("--pull");
        Home.Result again = fit("--pull");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("tw: fetching " + names.getFirst(), "tw: fetching " + names.getLast());
        assertThat(result.out()).contains("is here now").contains("Next: ./tw serve");
        assertThat(here()).isEqualTo(2);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("was here already");
    }

    @Test
    void jsonStaysJsonWhileModelsAreFetched() {
        List<String> names = names();
        offer(names.getFirst(), 1);
        offer(names.getLast(), 2);

        Home.Result result = fit("--pull", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(JsonMapper.shared().readTree(result.out()).has("recommended")).isTrue();
        assertThat(here()).isEqualTo(2);
    }

    @Test
    void whatTheRegistryDoesNotHaveIsToldAndTheOtherIsFetched() {
        List<String> names = names();
        offer(names.getLast(), 2);

        Home.Result result = fit("--pull");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains(names.getFirst());
        assertThat(result.out()).doesNotContain("Next: ./tw serve");
        assertThat(here()).isEqualTo(1);
    }

    @Test
    void whereTheDiskIsTooSmallNothingIsFetched() {
        for (String name : names()) {
            registry.claim(path(name), tag(name), MORE_THAN_ANY_DISK);
        }

        Home.Result result = fit("--pull");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).containsIgnoringCase("free");
        assertThat(here()).isZero();
    }

    @Test
    void aRegistryThatRefusesIsTold() {
        List<String> names = names();
        offer(names.getFirst(), 1);
        offer(names.getLast(), 2);
        registry.trouble(Trouble.always(Trouble.Kind.STATUS, 403));

        Home.Result result = fit("--pull");

        assertThat(result.code()).isNotZero();
        assertThat(here()).isZero();
    }

    @Test
    void whereNothingFitsNothingIsFetched() {
        Home.Result result = home.run("fit", "--memory", "100M", "--bandwidth", "10", "--pull");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("nothing fits here that could be fetched");
        assertThat(registry.seen()).isEmpty();
    }

    @Test
    void whileNothingMayLeaveNothingIsFetchedFromElsewhere() {
        try (Home shut = Home.make()) {
            assertThat(shut.run("local-only", "on").code()).isZero();

            Home.Result pulled = shut.run("pull", "llama3.2:1b");
            Home.Result read = shut.run("fit", "https://registry.example/m.gguf");

            assertThat(pulled.code()).isNotZero();
            assertThat(pulled.err()).contains("nothing may leave this machine");
            assertThat(read.code()).isNotZero();
            assertThat(read.err()).contains("nothing may leave this machine");
        }
    }

    /// A home that knows an Ollama.
    private static Home with(FakeUpstream ollama) {
        return Home.make(Map.of("OLLAMA_HOST", ollama.url().toString()));
    }

    @Test
    void whereOllamaRunsItFetchesThem() {
        var state = new RuntimeState(1L << 40, 3);
        try (FakeUpstream ollama = FakeUpstream.start(Kind.OLLAMA);
                Home near = with(ollama)) {
            ollama.runtime(state);
            List<String> names = names("ollama");

            Home.Result result = near.run("fit", "--memory", "8G", "--bandwidth", "200", "--pull");

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(state.log())
                    .containsExactly("pull " + names.getFirst(), "pull " + names.getLast());
            assertThat(result.out())
                    .contains(names.getFirst() + " is with ollama now", "Next: ./tw serve");
        }
    }

    @Test
    void whatOllamaCannotFetchIsTold() {
        try (FakeUpstream ollama = FakeUpstream.start(Kind.OLLAMA);
                Home near = with(ollama)) {
            ollama.runtime(new RuntimeState(1L << 40, 3));

            Home.Result result = near.run("pull", "missing:1b", "--into", "ollama");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("tw: Ollama", "file does not exist");
        }
    }

    @Test
    void nothingIsFetchedWhileNothingMayLeave() {
        var state = new RuntimeState(1L << 40, 3);
        try (FakeUpstream ollama = FakeUpstream.start(Kind.OLLAMA);
                Home near = with(ollama)) {
            ollama.runtime(state);
            assertThat(near.run("local-only", "on").code()).isZero();

            Home.Result result = near.run("pull", "qwen3:4b", "--into", "ollama");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("nothing may leave this machine");
            assertThat(state.log()).isEmpty();
        }
    }
}
