package dev.tierwise.engine.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/// Says how far an answer of the demonstration model can be trusted, so that the rest goes to a
/// larger model. A second opinion that never saw the model's weights (a linear classifier on hashed
/// words) is asked for the same answer; its agreement, the share of words never seen and the
/// model's own confidence become one score. Immutable; any number of threads. Independent of how
/// the model is run.
public final class Gate {
    /// What the second opinion chooses from: the answers that the model may give.
    public static final List<String> KINDS =
            List.of(
                    "billing",
                    "shipping",
                    "returns",
                    "technical",
                    "account",
                    "product",
                    "positive",
                    "negative",
                    "neutral",
                    "extract",
                    "other");

    /// The kind of everything that no task covers.
    public static final int OTHER = KINDS.size() - 1;

    /// The kind of the fields of a message.
    public static final int EXTRACT = OTHER - 1;

    /// Groups of kinds that are judged apart: labels of tickets, feelings, fields.
    public static final int TASKS = 3;

    private static final int FIRST_FEELING = 6;

    /// Bits of a clue's hash.
    public static final int BITS = 15;

    /// How many numbers a score is made of.
    public static final int SIGNS = 17;

    private static final int MAGIC = 0x54574732; // "TWG2"
    private static final int WORDS = 1 << BITS;
    private static final Pattern VALUE =
            Pattern.compile("\"(name|order|amount)\":(?:\"([^\"]*)\"|null)");
    private static final Pattern LABEL = Pattern.compile("\\{\"(label|sentiment)\":\"([a-z]+)\"}");
    private static final Pattern MONEY =
            Pattern.compile(
                    "[$€£]|\\b(euros?|dollars?|pounds?|usd|eur|gbp|chf|bucks|cents?)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{3,}");

    private final byte[] opinion;
    private final float[] scales;
    private final BitSet seen;
    private final Judge[] judges;

    /// What the signs of an answer are worth, for the answers of one task.
    ///
    /// @param weights what each of the [#SIGNS] signs weighs
    /// @param threshold the least score of an answer that is given
    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    public record Judge(float[] weights, double threshold) {}

    /// @param opinion weights of the second opinion, one row of 2^[#BITS] for each of [#KINDS]
    /// @param scales what a row's weights are to be multiplied by
    /// @param seen hashes of the words that training showed
    /// @param judges one for each of [#TASKS]
    public Gate(byte[] opinion, float[] scales, BitSet seen, List<Judge> judges) {
        this.opinion = opinion;
        this.scales = scales;
        this.seen = seen;
        this.judges = judges.toArray(Judge[]::new);
    }

    /// What is known of an answer.
    ///
    /// @param system the system message, empty where there is none
    /// @param user the user's message
    /// @param answer the model's answer, whole
    /// @param logprob the sum of the logarithms of its tokens' chances
    /// @param weakest the smallest of them
    public record Evidence(
            String system, String user, String answer, double logprob, double weakest) {}

    /// Whether the answer may be given.
    public boolean lets(Evidence evidence) {
        int kind = kind(evidence.answer);
        return kind >= 0 && kind != OTHER && score(evidence) >= judges[task(kind)].threshold;
    }

    /// Which of [#TASKS] an answer of `kind` belongs to.
    public static int task(int kind) {
        return kind < FIRST_FEELING ? 0 : kind < EXTRACT ? 1 : 2;
    }

    /// How likely the answer is right, 0 to 1. An answer that is no answer of the model's tasks, or
    /// that holds a value which the message does not, is worth 0.
    public double score(Evidence evidence) {
        int kind = kind(evidence.answer);
        if (kind < 0 || kind == OTHER || kind == EXTRACT && !verbatim(evidence)) {
            return 0;
        }
        double sum = 0;
        float[] signs = signs(evidence, kind);
        Judge judge = judges[task(kind)];
        for (int i = 0; i < SIGNS; i++) {
            sum += signs[i] * judge.weights[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /// Which of [#KINDS] an answer is, or -1 for none.
    public static int kind(String answer) {
        var label = LABEL.matcher(answer);
        if (label.matches()) {
            return label.group(2).equals("unknown") ? OTHER : KINDS.indexOf(label.group(2));
        }
        return answer.startsWith("{\"name\":") && answer.endsWith("}") ? EXTRACT : -1;
    }

    private static boolean verbatim(Evidence evidence) {
        var values = VALUE.matcher(evidence.answer);
        int found = 0;
        while (values.find()) {
            found++;
            String value = values.group(2);
            if (value != null && (value.isEmpty() || !evidence.user.contains(value))) {
                return false;
            }
        }
        return found == 3;
    }

    /// The numbers that the score is made of.
    public float[] signs(Evidence evidence, int kind) {
        double[] chances = chances(evidence.system + "\n" + evidence.user);
        double best = 0;
        for (double chance : chances) {
            best = Math.max(best, chance);
        }
        double unknown = unknown(evidence.user);
        boolean extract = kind == EXTRACT;
        boolean feeling = task(kind) == 1;
        double own = logit(chances[kind]);
        float confidence = (float) Math.max(evidence.logprob, -8);
        float weakest = (float) Math.max(evidence.weakest, -6);
        return new float[] {
            1,
            confidence,
            weakest,
            (float) own,
            chances[kind] >= best ? 1 : 0,
            (float) logit(chances[OTHER]),
            (float) unknown,
            (float) (unknown * unknown),
            (float) (Math.log1p(evidence.user.length()) - 4.5),
            feeling ? 1 : 0,
            extract ? 1 : 0,
            feeling ? (float) own : 0,
            extract ? confidence : 0,
            extract ? (float) unknown : 0,
            extract && leftMoney(evidence) ? 1 : 0,
            extract && leftNumber(evidence) ? 1 : 0,
            feeling ? (float) unknown : 0,
        };
    }

    private static boolean leftMoney(Evidence evidence) {
        return evidence.answer.contains("\"amount\":null") && MONEY.matcher(evidence.user).find();
    }

    private static boolean leftNumber(Evidence evidence) {
        return evidence.answer.contains("\"order\":null") && NUMBER.matcher(evidence.user).find();
    }

    private static double logit(double chance) {
        double bounded = Math.clamp(chance, 1e-5, 1 - 1e-5);
        return Math.log(bounded / (1 - bounded));
    }

    /// The share of a text's words that training never showed.
    public double unknown(String text) {
        int[] counts = new int[2];
        Clues.words(
                text,
                18,
                hash -> {
                    counts[0]++;
                    counts[1] += seen.get(hash) ? 0 : 1;
                });
        return counts[0] == 0 ? 1 : (double) counts[1] / counts[0];
    }

    /// The second opinion: how likely each of [#KINDS] is, by the words alone.
    public double[] chances(String text) {
        double[] sums = new double[KINDS.size()];
        int[] count = new int[1];
        Clues.each(
                text,
                BITS,
                hash -> {
                    count[0]++;
                    for (int k = 0; k < sums.length; k++) {
                        sums[k] += opinion[k * WORDS + hash] * (double) scales[k];
                    }
                });
        return softmax(sums, Math.sqrt(Math.max(1, count[0])));
    }

    /// Chances from sums: the softmax of `sums / divisor`.
    public static double[] softmax(double[] sums, double divisor) {
        double most = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            most = Math.max(most, sum / divisor);
        }
        double[] out = new double[sums.length];
        double total = 0;
        for (int k = 0; k < sums.length; k++) {
            out[k] = Math.exp(sums[k] / divisor - most);
            total += out[k];
        }
        for (int k = 0; k < sums.length; k++) {
            out[k] /= total;
        }
        return out;
    }

    /// A copy with other judges.
    public Gate with(List<Judge> others) {
        return new Gate(opinion, scales, seen, others);
    }

    /// A copy with other thresholds, one for each of [#TASKS].
    public Gate at(List<Double> thresholds) {
        var others = new ArrayList<Judge>();
        for (int task = 0; task < TASKS; task++) {
            others.add(new Judge(judges[task].weights, thresholds.get(task)));
        }
        return with(others);
    }

    /// Reads a gate's file.
    ///
    /// @throws IOException when it cannot be read or is not one
    public static Gate read(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path)) {
            var in = new DataInputStream(file);
            if (in.readInt() != MAGIC || in.readInt() != KINDS.size() || in.readInt() != BITS) {
                throw new IOException(path + " is not a gate that this version knows");
            }
            byte[] opinion = in.readNBytes(KINDS.size() * WORDS);
            float[] scales = floats(in, KINDS.size());
            BitSet seen = BitSet.valueOf(in.readNBytes(1 << 15));
            var judges = new ArrayList<Judge>();
            for (int task = 0; task < TASKS; task++) {
                judges.add(new Judge(floats(in, SIGNS), in.readDouble()));
            }
            if (opinion.length != KINDS.size() * WORDS) {
                throw new IOException(path + " is cut short");
            }
            return new Gate(opinion, scales, seen, judges);
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = in.readFloat();
        }
        return out;
    }

    /// Writes it.
    ///
    /// @throws IOException when the disk does not take it
    public void write(Path path) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(KINDS.size());
        out.writeInt(BITS);
        out.write(opinion);
        for (float scale : scales) {
            out.writeFloat(scale);
        }
        byte[] words = new byte[1 << 15];
        byte[] set = seen.toByteArray();
        System.arraycopy(set, 0, words, 0, set.length);
        out.write(words);
        for (Judge judge : judges) {
            for (float weight : judge.weights) {
                out.writeFloat(weight);
            }
            out.writeDouble(judge.threshold);
        }
        Files.write(path, bytes.toByteArray());
    }
}
