package dev.tierwise.app;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.tag.Sample;
import dev.tierwise.detect.tag.Tags;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads files of labelled lines.
final class LabelledLines {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private final List<Sample> samples = new ArrayList<>();
    private final SortedSet<String> unknown = new TreeSet<>();

    /// Reads one file.
    ///
    /// @return what is wrong with it, if anything; never what it says
    @Nullable String read(Path file) {
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String trouble = take(MAPPER.readTree(line), number);
                if (trouble != null) {
                    return file + ", line " + number + ": " + trouble;
                }
            }
            return null;
        } catch (JacksonException e) {
            return file + ", line " + number + ": this is no JSON object; give one a line.";
        } catch (IOException e) {
            return file + " cannot be read; is the path right, and is it text in UTF-8?";
        }
    }

    private @Nullable String take(JsonNode node, int number) {
        String text = node.path("text").asString("");
        if (!node.isObject() || !node.path("text").isString()) {
            return "there is no \"text\"; give {\"id\", \"text\", \"spans\"}.";
        }
        int points = text.codePointCount(0, text.length());
        var marks = new ArrayList<Sample.Mark>();
        for (JsonNode span : node.path("spans")) {
            int start = span.path("start").asInt(-1);
            int end = span.path("end").asInt(-1);
            if (start < 0 || end <= start || end > points) {
                return "a span lies outside of the text, which has " + points + " code points.";
            }
            String label = span.path("label").asString("");
            if (!Tags.ignored(label)) {
                int from = text.offsetByCodePoints(0, start);
                int to = text.offsetByCodePoints(from, end - start);
                marks.add(new Sample.Mark(from, to, kind(label)));
            }
        }
        marks.sort(Comparator.comparingInt(Sample.Mark::start));
        samples.add(new Sample(node.path("id").asString("line-" + number), text, marks));
        return null;
    }

    private Kind kind(String label) {
        Optional<Kind> kind = Tags.kind(label);
        if (kind.isEmpty()) {
            unknown.add(label);
        }
        return kind.orElse(Kind.OTHER_ID);
    }

    List<Sample> samples() {
        return samples;
    }

    /// How many lines have a span.
    long labelled() {
        return samples.stream().filter(sample -> !sample.spans().isEmpty()).count();
    }

    SortedSet<String> unknown() {
        return unknown;
    }
}
