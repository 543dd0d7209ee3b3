package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigWatch;
import dev.tierwise.config.Reading;
import dev.tierwise.config.ServerSettings;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tw serve`.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the OpenAI API over the models that were configured or found.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw serve",
            "  ./tw serve --port 8080 --config tierwise.yaml",
            "  curl http://127.0.0.1:7020/v1/chat/completions -d \\",
            "    '{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'"
        })
final class ServeCommand implements Callable<Integer> {
    /// The exit code that means: the process goes on.
    static final int GOES_ON = -1;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Where to listen (127.0.0.1). Any other address needs `keys`.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on (7020); 0 takes a free one.")
    private @Nullable Integer port;

    @Option(names = "--json", description = "Print one JSON line on stdout when it listens.")
    private boolean json;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Config> read = configuration.read(err);
        if (read.isEmpty()) {
            return Main.FAILED;
        }
        Config config = withFlags(read.get());
        Logs.requests(config.server().logRequests());
        Path ledger =
                config.ledger() == null ? Folders.of(System::getenv).ledger() : config.ledger();
        return switch (Gateway.start(
                config, Gateway.Records.serving(ledger), Gateway.Surroundings.real())) {
            case Gateway.Start.Failed(var problems) -> {
                problems.forEach(problem -> err.println("tw: " + problem));
                yield Main.FAILED;
            }
            case Gateway.Start.Running(Gateway gateway, int bound) -> {
                watch(gateway, read.get());
                Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "tierwise-stop"));
                announce(config, gateway, bound);
                yield GOES_ON;
            }
        };
    }

    private Config withFlags(Config config) {
        ServerSettings server = config.server();
        return config.listeningOn(
                host == null ? server.host() : host, port == null ? server.port() : port);
    }

    private void watch(Gateway gateway, Config known) {
        configuration
                .find()
                .ifPresent(file ->
                        ConfigWatch.start(
                                file, System::getenv, new Reading.Loaded(known), reload(gateway)));
    }

    private Consumer<Reading> reload(Gateway gateway) {
        System.Logger log = System.getLogger("tierwise.config");
        return reading -> {
            List<String> problems =
                    switch (reading) {
                        case Reading.Loaded(Config config) -> {
                            Logs.requests(config.server().logRequests());
                            yield gateway.reload(withFlags(config));
                        }
                        case Reading.Invalid(var found) ->
                                found.stream().map(Reading.Problem::text).toList();
                    };
            if (problems.isEmpty()) {
                log.log(System.Logger.Level.INFO, "the new configuration is in force");
            } else {
                log.log(
                        System.Logger.Level.WARNING,
                        "the new configuration is not used and the old one stays in force: "
                                + String.join(" | ", problems));
            }
        };
    }

    private void announce(Config config, Gateway gateway, int bound) {
        String shown =
                config.server().host().contains(":")
                        ? "[" + config.server().host() + "]"
                        : config.server().host();
        String url = "http://" + shown + ":" + bound + "/v1";
        List<ModelCard> models = gateway.live().models();
        String tiers =
                Arrays.stream(Tier.values())
                        .map(tier -> tier.word() + " " + count(models, tier))
                        .collect(Collectors.joining(", "));
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                "Tierwise serves "
                        + url
                        + " with "
                        + (models.size() == 1 ? "1 model (" : models.size() + " models (")
                        + tiers
                        + ")");
        if (models.isEmpty()) {
            err.println("No model was found yet; ./tw doctor says what to type next.");
        }
        if (models.size() == 1 && models.getFirst().name().equals(Builtin.DEMO)) {
            err.println(
                    "Only the demonstration model is here: it knows three tasks. ./tw doctor says"
                            + " how to add others.");
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println("{\"url\":\"" + url + "\",\"models\":" + models.size() + "}");
        }
    }

    private static long count(List<ModelCard> models, Tier tier) {
        return models.stream().filter(model -> model.tier() == tier).count();
    }
}
