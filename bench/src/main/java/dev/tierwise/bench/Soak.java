package dev.tierwise.bench;

import dev.tierwise.bench.Choice.Rival;
import dev.tierwise.bench.load.Kind;
import dev.tierwise.bench.load.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Memory of the gateway in the course of very many requests.
///
/// @param requests how many at least
record Soak(long requests) {
    private static final int CONNECTIONS = 32;
    private static final int SLICE_MILLIS = 10_000;
    private static final int SLICE_MILLIS_SHORT = 1_000;

    /// @param requests right answers so far
    /// @param memory of the gateway then
    /// @param errors wrong answers so far
    record Sample(long requests, Memory memory, long errors) {}

    Part run(Commands commands, String command) {
        double before = Machine.load();
        try (Targets targets = Targets.start(commands, false, 0, Set.of(Rival.TIERWISE));
                LoadChild load = LoadChild.start(commands)) {
            List<Sample> samples =
                    targets.all().stream()
                            .filter(target -> target.name().equals(Target.AUTO))
                            .findFirst()
                            .map(target -> load(target, load))
                            .orElse(List.of());
            String origin = Part.origin(command, before, targets.notes());
            return new Part("soak", origin + markdown(samples), samples);
        }
    }

    private List<Sample> load(Target target, LoadChild load) {
        var samples = new ArrayList<Sample>();
        int millis = requests < 100_000 ? SLICE_MILLIS_SHORT : SLICE_MILLIS;
        long done = 0;
        long errors = 0;
        while (done < requests) {
            var slice =
                    new Slice(
                            target.port(),
                            CONNECTIONS,
                            0,
                            millis,
                            target.model(),
                            Kind.WHOLE,
                            target.answerBytes());
            var tally = load.run(slice, target.process()).tally();
            if (tally.requests() == 0) {
                throw new IllegalStateException("no answer in " + millis + " ms; see the log");
            }
            done += tally.requests();
            errors += tally.errors();
            samples.add(new Sample(done, target.process().memory(), errors));
            Bench.progress("soak: " + done + " requests, " + samples.getLast().memory());
        }
        return samples;
    }

    private static String markdown(List<Sample> samples) {
        if (samples.isEmpty()) {
            return "";
        }
        var table = new Table("requests", "RSS MiB", "peak RSS MiB", "errors");
        int step = Math.max(1, samples.size() / 10);
        for (int i = 0; i < samples.size(); i++) {
            if (i == 0 || i == samples.size() - 1 || i % step == 0) {
                Sample sample = samples.get(i);
                table.row(
                        Long.toString(sample.requests()),
                        Long.toString(sample.memory().rssKib() / 1024),
                        Long.toString(sample.memory().peakKib() / 1024),
                        Long.toString(sample.errors()));
            }
        }
        double rss = samples.getLast().memory().rssKib() / 1024.0;
        return table.markdown() + "\n" + Aims.line("RSS at the end, MiB", rss, Aims.RSS_MIB);
    }
}
