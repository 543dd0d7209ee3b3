package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that was learned. The same events in the same order make the same state, bit for bit. For
/// one thread.
final class Knowledge {
    /// Rows that are kept for guarantees: the last ones.
    static final int MOST_ROWS = 5_000;

    private static final int MOST_MODELS = 64;
    private static final int MOST_TRAITS = 64;

    /// So many examples can still be replaced by a second one.
    private static final int REPLACEABLE = 1_000;

    /// An answer has no traits of its own.
    static final double[] NONE = {};

    private final Map<String, Correction> prompts = new TreeMap<>();
    private final Map<String, Correction> answers = new TreeMap<>();
    private final Deque<Paired> rows = new ArrayDeque<>();
    private final Map<String, Example> replaceable = new LinkedHashMap<>();
    private Watch watch = new Watch();
    private long examples;

    /// A row and when it came.
    private record Paired(long atMillis, Floor.Row row) {}

    Watch watch() {
        return watch;
    }

    long examples() {
        return examples;
    }

    List<Floor.Row> rows() {
        return rows.stream().map(Paired::row).toList();
    }

    /// The corrections of what is foretold of prompts, by model.
    Map<String, Correction> prompts() {
        return prompts;
    }

    /// The corrections of what is judged of answers, by model.
    Map<String, Correction> answers() {
        return answers;
    }

    /// Takes an outcome in, or has it take the place of the one that it corrects.
    void learn(Example example) {
        String id = example.identity();
        Example before = replaceable.get(id);
        if (before != null) {
            replaceable.put(id, before.with(example.outcome()));
            replace(before, example.outcome());
            return;
        }
        replaceable.put(id, example);
        if (replaceable.size() > REPLACEABLE) {
            var oldest = replaceable.entrySet().iterator();
            oldest.next();
            oldest.remove();
        }
        examples++;
        String task = example.task();
        double[] traits = example.traits();
        of(prompts, example.model(), Math.min(traits.length, MOST_TRAITS))
                .learn(example.foretold(), task, traits, example.outcome(), example.weight());
        if (!Double.isNaN(example.judged())) {
            of(answers, example.model(), 0)
                    .learn(example.judged(), task, NONE, example.outcome(), example.weight());
        }
    }

    private void replace(Example before, double now) {
        double push = (now - before.outcome()) * before.weight();
        Correction prompt = prompts.get(before.model());
        if (prompt != null) {
            prompt.push(before.foretold(), before.task(), before.traits(), push);
        }
        Correction answer = answers.get(before.model());
        if (answer != null && !Double.isNaN(before.judged())) {
            answer.push(before.judged(), before.task(), NONE, push);
        }
    }

    /// The model's correction; a new one where it has none, or one of another predictor. Where
    /// there are too many models, one that is forgotten at once.
    private static Correction of(Map<String, Correction> all, String model, int columns) {
        Correction found = all.get(model);
        if (found != null && found.columns() == columns) {
            return found;
        }
        var fresh = new Correction(columns);
        if (found != null || all.size() < MOST_MODELS) {
            all.put(model, fresh);
        }
        return fresh;
    }

    /// Takes a row in; the oldest makes room.
    void pair(Instant at, Floor.Row row) {
        rows.addLast(new Paired(at.toEpochMilli(), row));
        if (rows.size() > MOST_ROWS) {
            rows.removeFirst();
        }
    }

    /// Forgets rows that came before `from`: they speak of other traffic.
    void forgetRows(Instant from) {
        rows.removeIf(paired -> paired.atMillis < from.toEpochMilli());
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(examples);
        write(out, prompts);
        write(out, answers);
        out.writeInt(rows.size());
        for (Paired paired : rows) {
            out.writeLong(paired.atMillis);
            out.writeDouble(paired.row.score());
            out.writeDouble(paired.row.small());
            out.writeDouble(paired.row.frontier());
        }
        out.writeInt(replaceable.size());
        for (Example example : replaceable.values()) {
            example.write(out);
        }
        watch.write(out);
    }

    private static void write(DataOutput out, Map<String, Correction> all) throws IOException {
        out.writeInt(all.size());
        for (var entry : all.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    static Knowledge read(DataInput in) throws IOException {
        var knowledge = new Knowledge();
        knowledge.examples = in.readLong();
        read(in, knowledge.prompts);
        read(in, knowledge.answers);
        int rows = Sizes.read(in, MOST_ROWS);
        for (int i = 0; i < rows; i++) {
            long at = in.readLong();
            var row = new Floor.Row(in.readDouble(), in.readDouble(), in.readDouble());
            knowledge.rows.addLast(new Paired(at, row));
        }
        int replaceable = Sizes.read(in, REPLACEABLE);
        for (int i = 0; i < replaceable; i++) {
            Example example = Example.read(in, MOST_TRAITS);
            knowledge.replaceable.put(example.identity(), example);
        }
        knowledge.watch = Watch.read(in);
        return knowledge;
    }

    private static void read(DataInput in, Map<String, Correction> all) throws IOException {
        int size = Sizes.read(in, MOST_MODELS);
        for (int i = 0; i < size; i++) {
            String model = in.readUTF();
            all.put(model, Correction.read(in, MOST_TRAITS));
        }
    }
}
