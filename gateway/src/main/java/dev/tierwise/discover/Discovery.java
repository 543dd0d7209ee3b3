package dev.tierwise.discover;

import dev.tierwise.call.Fetch;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds every model that can be used without configuration: Ollama, LM Studio, llama-server and
/// vLLM on this machine, and hosted APIs whose keys are in the environment. All servers are asked
/// at once, on virtual threads; a search ends within its patience whatever they do. Keys are
/// neither printed nor sent anywhere but to the loopback server that they are meant for.
///
/// Safe for use by many threads.
public final class Discovery {
    /// The patience of a start that somebody waits for.
    public static final Duration HURRIED = Duration.ofMillis(500);

    /// The patience where a server that is missed does more harm than a wait: one that is busy with
    /// a long prompt answers late and is there all the same.
    public static final Duration PATIENT = Duration.ofSeconds(3);

    /// Parts of the patience that go to asking; the rest is for reading the answers.
    private static final double ASKING = 0.85;

    /// Models below about a billion parameters are seldom good enough for open questions; asked
    /// first, they would mostly add their time to that of the next. They are the last resort of
    /// their tier.
    private static final long USEFUL_PARAMETERS = 900_000_000;

    private final Fetch fetch;
    private final Catalogue catalogue;
    private final Trials trials;
    private final Duration patience;

    /// A search that asks servers through `fetch` and fills gaps from `catalogue`.
    ///
    /// @param trials what is tried with a request
    /// @param patience the longest that a search takes
    public Discovery(Fetch fetch, Catalogue catalogue, Trials trials, Duration patience) {
        this.fetch = fetch;
        this.catalogue = catalogue;
        this.trials = trials;
        this.patience = patience;
    }

    /// Searches. Blocks for at most the patience.
    ///
    /// @param environment the value of an environment variable; null when it is not set
    /// @param day whose prices decide tiers
    public Found find(Function<String, @Nullable String> environment, LocalDate day) {
        Variables variables = new Variables(environment);
        Deadline end = Deadline.in(patience);
        Deadline asking = Deadline.in(Duration.ofNanos((long) (patience.toNanos() * ASKING)));
        List<Missing> missing = new ArrayList<>();
        List<Probe> probes = probes(variables, missing);
        List<Answer> answers = ask(probes, new Eyes(fetch, asking), end);
        List<FoundUpstream> upstreams = new ArrayList<>();
        List<FoundModel> models = new ArrayList<>();
        for (Probe probe : probes) {
            Probe.Probed probed = answerOf(probe, answers);
            upstreams.addAll(probed.upstreams());
            models.addAll(probed.models());
            missing.addAll(probed.missing());
        }
        Probe.Probed hosted = new CloudKeys(variables, catalogue, day).find();
        upstreams.addAll(hosted.upstreams());
        models.addAll(hosted.models());
        missing.addAll(hosted.missing());
        var abilities = new HashMap<String, Abilities>();
        for (FoundModel model : models) {
            abilities.put(
                    Found.key(model.upstream(), model.remoteName()), model.traits().abilities());
        }
        return new Found(upstreams, cards(models), missing, abilities);
    }

    private record Answer(String source, Probe.Probed probed) {}

    private static List<Answer> ask(List<Probe> probes, Eyes eyes, Deadline end) {
        List<Callable<Answer>> questions = new ArrayList<>();
        for (Probe probe : probes) {
            questions.add(() -> new Answer(probe.source(), probe.look(eyes)));
        }
        return Together.ask(questions, end);
    }

    private static Probe.Probed answerOf(Probe probe, List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.source().equals(probe.source()))
                .map(Answer::probed)
                .findFirst()
                .orElseGet(() ->
                        Probe.Probed.nothing(
                                new Missing(
                                        probe.source(),
                                        probe.where(),
                                        "something listens, but it did not answer in time",
                                        "restart the server, then: ./tw doctor")));
    }

    private List<Probe> probes(Variables variables, List<Missing> missing) {
        List<Probe> probes = new ArrayList<>();
        Backend ollama = backend("ollama");
        String host = variables.value("OLLAMA_HOST");
        Optional<OllamaAddress> address =
                OllamaAddress.of(host.isBlank() ? String.valueOf(ollama.url()) : host);
        if (address.isPresent()) {
            int slots = slots(variables, ollama);
            probes.add(new OllamaProbe(ollama, address.get(), slots, catalogue));
        } else {
            missing.add(
                    new Missing(
                            "ollama",
                            "environment: OLLAMA_HOST",
                            "its value is not an address",
                            "export OLLAMA_HOST=127.0.0.1:11434"));
        }
        probes.add(new LmStudioProbe(server("lm-studio", variables)));
        probes.add(new LlamaServerProbe(server("llama-server", variables)));
        probes.add(new VllmProbe(server("vllm", variables)));
        return probes;
    }

    private static Backend backend(String name) {
        return Backends.named(name).orElseThrow();
    }

    private static int slots(Variables variables, Backend ollama) {
        String parallel = variables.value("OLLAMA_NUM_PARALLEL").strip();
        return parallel.matches("[1-9]\\d{0,2}")
                ? Integer.parseInt(parallel)
                : ollama.maxConcurrent();
    }

    private OpenAiModels server(String name, Variables variables) {
        Backend backend = backend(name);
        Optional<String> variable = variables.firstSet(backend.keyVariables());
        return new OpenAiModels(
                backend,
                variable.orElse(null),
                variable.map(variables::value).orElse(null),
                catalogue,
                trials);
    }

    /// The models in the order in which they are to be tried, each under a name of its own: its
    /// remote name, or with the upstream before it when an earlier model has that.
    private static List<ModelCard> cards(List<FoundModel> models) {
        List<FoundModel> ordered = new ArrayList<>(models);
        ordered.sort(
                Comparator.comparing(FoundModel::tier)
                        .thenComparingInt(Discovery::rankBySize)
                        .thenComparingLong(Discovery::parametersIfLocal)
                        .thenComparing(
                                model -> model.traits().released(), Comparator.reverseOrder())
                        .thenComparingInt(model -> Backends.NAMES.indexOf(model.upstream())));
        Set<String> names = new HashSet<>();
        List<ModelCard> cards = new ArrayList<>();
        for (FoundModel model : ordered) {
            String plain = model.remoteName();
            String name = names.add(plain) ? plain : model.upstream() + "/" + plain;
            names.add(name);
            cards.add(model.card(name));
        }
        return cards;
    }

    /// Local models of a useful size first, then those of unknown size, then tiny ones.
    private static int rankBySize(FoundModel model) {
        long parameters = model.traits().parameters();
        if (model.tier() != Tier.LOCAL || parameters >= USEFUL_PARAMETERS) {
            return 0;
        }
        return parameters == 0 ? 1 : 2;
    }

    private static long parametersIfLocal(FoundModel model) {
        return model.tier() == Tier.LOCAL ? model.traits().parameters() : 0;
    }
}
