package dev.tierwise.flow;

import dev.tierwise.route.Candidate;
import dev.tierwise.route.Outlook;
import dev.tierwise.route.Plan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a decision was made of, as JSON for the ledger. Names of models come from the configuration
/// and tasks from headers, so both are escaped; there is no word of a prompt in it.
final class OutlookText {
    private OutlookText() {}

    /// The text; null where nothing was foretold.
    static @Nullable String of(Plan plan) {
        Outlook outlook = plan.outlook();
        if (outlook.candidates().isEmpty()) {
            return null;
        }
        var text = new StringBuilder(96 + 64 * outlook.candidates().size());
        text.append("{\"aim\":").append(quoted(outlook.aim()));
        text.append(",\"task\":").append(quoted(outlook.task()));
        text.append(",\"candidates\":[");
        for (Candidate candidate : outlook.candidates()) {
            text.append("{\"model\":").append(quoted(candidate.model().name()));
            text.append(",\"good\":").append(thousandths(candidate.good()));
            text.append(",\"cost_usd\":").append(billionths(candidate.dollars()));
            text.append(",\"seconds\":").append(thousandths(candidate.seconds())).append("},");
        }
        text.setCharAt(text.length() - 1, ']');
        if (!plan.vetoes().isEmpty()) {
            text.append(",\"vetoes\":[");
            for (Plan.Veto veto : plan.vetoes()) {
                text.append("{\"model\":").append(quoted(veto.model()));
                text.append(",\"kind\":").append(quoted(veto.kind().word())).append("},");
            }
            text.setCharAt(text.length() - 1, ']');
        }
        return text.append('}').toString();
    }

    private static double thousandths(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    private static String billionths(double value) {
        long nanos = Math.round(value * 1e9);
        return nanos == 0 ? "0" : java.math.BigDecimal.valueOf(nanos, 9).toPlainString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
