package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether the answer to a classification is one of the labels that the prompt names. A doubt at
/// most: the list of labels was read out of prose.
final class LabelCheck {
    private static final String NAME = "enum";
    private static final int SHORT = 120;

    private LabelCheck() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        List<String> labels = question.labels();
        if (question.task() != Task.CLASSIFICATION || labels.isEmpty()) {
            return;
        }
        String text = reply.text();
        if (isLabel(Labels.bare(text), labels) || holdsLabel(JsonCheck.find(text), labels)) {
            sheet.add(Finding.pass(NAME, Rates.FITS, "one of " + labels.size() + " labels"));
            return;
        }
        String low = Texts.ends(text, 2_000);
        long named =
                labels.stream().filter(it -> low.contains(Texts.lower(it, 0, it.length()))).count();
        if (named == 0) {
            sheet.add(Finding.warn(NAME, Rates.UNLISTED, "none of " + labels.size() + " labels"));
        } else if (named > 1 || text.length() > SHORT) {
            sheet.add(Finding.warn(NAME, Rates.BASE, named + " labels within prose"));
        } else {
            sheet.add(Finding.pass(NAME, Rates.BASE, "one label with words around it"));
        }
    }

    private static boolean isLabel(String text, List<String> labels) {
        return labels.stream().anyMatch(label -> label.equalsIgnoreCase(text));
    }

    private static boolean holdsLabel(@Nullable JsonNode value, List<String> labels) {
        if (value == null || !value.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (field.getValue().isString() && isLabel(field.getValue().stringValue(), labels)) {
                return true;
            }
        }
        return false;
    }
}
