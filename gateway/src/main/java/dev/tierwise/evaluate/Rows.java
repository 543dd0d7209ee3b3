package dev.tierwise.evaluate;

import dev.tierwise.core.reply.Reply;
import dev.tierwise.predict.Eye;
import dev.tierwise.predict.Sight;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Evidence;
import dev.tierwise.verify.compare.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A dataset as a router sees it.
///
/// @param sights of the prompts
/// @param scores of each tier's model, the small one first
/// @param evidence of the small model's answers; empty where nothing is known of them
/// @param said the words of the small model's answers, hashed as those of [Sight]; sets without
///   words where they are not known
/// @param seconded the same of the second model's
record Rows(
        List<Sight> sights,
        List<double[]> scores,
        List<double[]> evidence,
        List<int[]> said,
        List<int[]> seconded) {
    /// Rows of which no answer's words are known.
    Rows(List<Sight> sights, List<double[]> scores, List<double[]> evidence) {
        this(sights, scores, evidence, wordless(sights.size()), wordless(sights.size()));
    }

    private static List<int[]> wordless(int size) {
        return Collections.nCopies(size, new int[0]);
    }

    static Rows of(Dataset data, Setting setting) {
        List<Sight> sights =
                data.prompts().parallelStream().map(item -> Eye.see(item.text())).toList();
        List<double[]> scores = setting.tiers().stream().map(data::score).toList();
        return new Rows(
                sights,
                scores,
                evidence(data, setting),
                words(data, setting.small()),
                words(data, setting.second()));
    }

    private static List<int[]> words(Dataset data, @Nullable String model) {
        @Nullable String @Nullable [] outputs = model == null ? null : data.outputs().get(model);
        return IntStream.range(0, data.prompts().size())
                .parallel()
                .mapToObj(row -> {
                    String text = at(outputs, row);
                    return text == null ? new int[0] : Eye.see(text).words();
                })
                .toList();
    }

    int size() {
        return sights.size();
    }

    double[] score(int tier) {
        return scores.get(tier);
    }

    Rows only(int[] rows) {
        return new Rows(
                IntStream.of(rows).mapToObj(sights::get).toList(),
                scores.stream()
                        .map(score -> IntStream.of(rows).mapToDouble(row -> score[row]).toArray())
                        .toList(),
                evidence.isEmpty() ? evidence : IntStream.of(rows).mapToObj(evidence::get).toList(),
                IntStream.of(rows).mapToObj(said::get).toList(),
                IntStream.of(rows).mapToObj(seconded::get).toList());
    }

    private static List<double[]> evidence(Dataset data, Setting setting) {
        boolean known =
                data.outputs().containsKey(setting.small())
                        || data.answers().containsKey(setting.small());
        if (!known) {
            return List.of();
        }
        return IntStream.range(0, data.prompts().size())
                .parallel()
                .mapToObj(row -> {
                    Question question = Question.of(data.prompts().get(row).text());
                    Said small = said(data, setting.small(), row, question);
                    Said second =
                            setting.second() == null
                                    ? null
                                    : said(data, setting.second(), row, question);
                    return Evidence.of(question, small, second);
                })
                .toList();
    }

    private static Said said(Dataset data, String model, int row, Question question) {
        String output = at(data.outputs().get(model), row);
        String answer = at(data.answers().get(model), row);
        return output == null
                ? Said.read(question, answer == null ? "" : answer)
                : Said.of(question, new Reply(output, ""), answer);
    }

    private static @Nullable String at(@Nullable String @Nullable [] texts, int row) {
        return texts == null ? null : texts[row];
    }

    /// The rows of several datasets.
    static Rows joined(List<Rows> parts) {
        var sights = new ArrayList<Sight>();
        var evidence = new ArrayList<double[]>();
        var said = new ArrayList<int[]>();
        var seconded = new ArrayList<int[]>();
        boolean whole = parts.stream().noneMatch(part -> part.evidence.isEmpty());
        for (Rows part : parts) {
            sights.addAll(part.sights);
            said.addAll(part.said);
            seconded.addAll(part.seconded);
            if (whole) {
                evidence.addAll(part.evidence);
            }
        }
        int tiers = parts.getFirst().scores.size();
        List<double[]> scores =
                IntStream.range(0, tiers)
                        .mapToObj(tier ->
                                parts.stream()
                                        .flatMapToDouble(
                                                part -> java.util.Arrays.stream(part.score(tier)))
                                        .toArray())
                        .toList();
        return new Rows(sights, scores, evidence, said, seconded);
    }
}
