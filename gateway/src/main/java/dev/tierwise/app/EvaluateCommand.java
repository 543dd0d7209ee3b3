package dev.tierwise.app;

import dev.tierwise.evaluate.Evaluation;
import dev.tierwise.evaluate.Report;
import dev.tierwise.evaluate.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tw evaluate`.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Replays real models' results through router and cascade, and says what they are worth:"
                    + " quality against the share of the frontier and against cost, beside plain"
                    + " baselines, with 95 %% intervals.",
            "A folder of results holds prompts.jsonl, scores.csv and, for the cascade,"
                    + " outputs.jsonl, each also as .gz: docs/guide/evaluate.md. A model is named"
                    + " by its name or a part that no other has."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw evaluate --test results --small llama-3.1-8b --frontier gpt-4o",
            "  ./tw evaluate --train mine --test mine --small phi-3.5 --second llama-3.1-8b"
                    + " --mid 4o-mini --frontier gpt-4o --shares 70/20/10 --out report.html",
            "  ./tw evaluate --train a b --test c --small phi --frontier gpt-4o --floor 0.95"
                    + " --json | jq .all.floor"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Option(
            names = "--train",
            arity = "1..*",
            paramLabel = "DIR",
            description =
                    "Folders to learn from; none: the shipped weights as they are. A folder that"
                            + " is also measured on is cross-validated.")
    private List<Path> train = new ArrayList<>();

    @Option(
            names = "--test",
            arity = "1..*",
            required = true,
            paramLabel = "DIR",
            description = "Folders to measure on.")
    private List<Path> test = new ArrayList<>();

    @Option(
            names = "--small",
            required = true,
            paramLabel = "MODEL",
            description = "Answers first.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String small;

    @Option(
            names = "--frontier",
            required = true,
            paramLabel = "MODEL",
            description = "The strongest.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String frontier;

    @Option(names = "--mid", paramLabel = "MODEL", description = "Stands between: three tiers.")
    private @Nullable String mid;

    @Option(
            names = "--second",
            paramLabel = "MODEL",
            description = "A second small model, whose agreement the cascade asks for.")
    private @Nullable String second;

    @ArgGroup(exclusive = false, heading = "%nGoals:%n")
    private final Goals goals = new Goals();

    @ArgGroup(exclusive = false, heading = "%nChance:%n")
    private final Chance chance = new Chance();

    @ArgGroup(exclusive = false, heading = "%nOutput:%n")
    private final Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /// What is asked of a router.
    static final class Goals {
        @Option(
                names = "--shares",
                paramLabel = "S/M/F",
                description =
                        "Shares of the tiers in percent, such as 70/20/10, which three tiers have"
                                + " by default.")
        private @Nullable String shares;

        @Option(
                names = "--lambda",
                paramLabel = "X",
                description = "The quality that a call at the frontier's price has to bring.")
        private @Nullable Double lambda;

        @Option(
                names = "--floor",
                paramLabel = "PART",
                description =
                        "The part of the frontier's quality that is promised, such as 0.95: how"
                                + " often it is missed.")
        private @Nullable Double floor;

        @Option(
                names = "--worse",
                paramLabel = "SHARE",
                description =
                        "The share of answers that may be worse than the frontier's, the other"
                                + " promise that --floor tries. Default: 0.05.")
        private double worse = .05;

        @Option(
                names = "--prices",
                paramLabel = "S,M,F[,2ND]",
                description =
                        "Prices of a call to small, mid, frontier and second model. Default:"
                                + " .01,.1,1,.01; the second costs what the small one does.")
        private @Nullable String prices;
    }

    /// How chance is dealt with.
    static final class Chance {
        @Option(
                names = "--leave-task-out",
                description =
                        "Measure each task with what was learned from others; more than 20 tasks"
                                + " in 20 groups.")
        private boolean leaveTaskOut;

        @Option(
                names = "--labels",
                paramLabel = "N",
                description = "Judged rows that set a floor. Default: 500.")
        private int labels = 500;

        @Option(
                names = "--repeats",
                paramLabel = "N",
                description = "How often a floor is set anew. Default: 200.")
        private int repeats = 200;

        @Option(
                names = "--resamples",
                paramLabel = "N",
                description = "Bootstrap resamples of each interval. Default: 1000.")
        private int resamples = 1000;

        @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn.")
        private long seed = 1;
    }

    /// Where it goes.
    static final class Output {
        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Write a page of HTML that needs nothing else.")
        private @Nullable Path out;

        @Option(names = "--svg", paramLabel = "FILE", description = "Write the curves as SVG.")
        private @Nullable Path svg;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Trial trial =
                new Trial(
                        new Trial.Folders(train, test, chance.leaveTaskOut),
                        new Trial.Models(small, mid, frontier, second),
                        prices(),
                        goal(),
                        sampling());
        if (chance.leaveTaskOut && train.isEmpty()) {
            throw wrong("--leave-task-out says what is learned from other tasks; give --train");
        }
        return switch (Evaluation.run(trial, stage -> err.println("tw: " + stage))) {
            case Evaluation.Outcome.Good(Report report) -> tell(report);
            case Evaluation.Outcome.Bad(String problem, boolean missing) -> {
                err.println("tw: " + problem);
                yield missing ? Main.NOT_FOUND : Main.FAILED;
            }
        };
    }

    private int tell(Report report) {
        spec.commandLine().getOut().println(output.json ? report.json() : report.text());
        try {
            if (output.out != null) {
                Files.writeString(output.out, report.html());
            }
            if (output.svg != null) {
                Files.writeString(output.svg, report.svg());
            }
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "tw: cannot write "
                                    + e.getMessage()
                                    + ": check that its folder is there and may be written to");
            return Main.FAILED;
        }
        return Main.DONE;
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private Trial.Sampling sampling() {
        if (chance.labels < 100) {
            throw wrong("--labels is " + chance.labels + "; fewer than 100 prove nothing");
        }
        if (chance.repeats < 1 || chance.resamples < 1) {
            throw wrong("--repeats and --resamples are 1 at least");
        }
        return new Trial.Sampling(chance.labels, chance.repeats, chance.resamples, chance.seed);
    }

    private Trial.Goal goal() {
        Double floor = goals.floor;
        if (floor != null && !(floor > 0 && floor < 1)) {
            throw wrong("--floor is " + floor + "; give a part between 0 and 1, such as 0.95");
        }
        if (!(goals.worse > 0 && goals.worse < 1)) {
            throw wrong("--worse is " + goals.worse + "; give a share between 0 and 1");
        }
        Double lambda = goals.lambda;
        if (lambda != null && !(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw wrong("--lambda is " + lambda + "; give 0 or more");
        }
        return new Trial.Goal(shares(), lambda, floor, goals.worse, .95);
    }

    private @Nullable List<Double> shares() {
        String given = goals.shares == null && mid != null ? "70/20/10" : goals.shares;
        if (given == null) {
            return null;
        }
        List<Double> shares = numbers(given, "/", "--shares");
        int tiers = mid == null ? 2 : 3;
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.size() != tiers || Math.abs(sum - 100) > .5) {
            throw wrong(
                    "--shares is "
                            + given
                            + "; give "
                            + (mid == null
                                    ? "two shares with the sum 100, such as 70/30, or a --mid model"
                                    : "three shares with the sum 100, such as 70/20/10"));
        }
        return shares.stream().map(share -> share / sum).toList();
    }

    private Trial.Prices prices() {
        if (goals.prices == null) {
            return Trial.Prices.USUAL;
        }
        List<Double> prices = numbers(goals.prices, ",", "--prices");
        if (prices.size() < 3 || prices.size() > 4 || prices.get(2) == 0) {
            throw wrong(
                    "--prices is "
                            + goals.prices
                            + "; give those of small, mid and frontier, and of the second model if"
                            + " it has another than the small one, such as .01,.1,1");
        }
        double frontier1 = prices.get(2);
        return new Trial.Prices(
                prices.get(0) / frontier1,
                prices.get(1) / frontier1,
                prices.get(prices.size() == 4 ? 3 : 0) / frontier1);
    }

    private List<Double> numbers(String text, String between, String option) {
        try {
            List<Double> numbers =
                    Arrays.stream(text.split(between, -1))
                            .map(String::strip)
                            .map(Double::valueOf)
                            .toList();
            if (numbers.stream().allMatch(it -> it >= 0 && it < Double.POSITIVE_INFINITY)) {
                return numbers;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw wrong(option + " is " + text + "; give numbers parted by " + between);
    }
}
