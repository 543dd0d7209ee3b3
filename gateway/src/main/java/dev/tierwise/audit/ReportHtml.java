package dev.tierwise.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report as one page of HTML without scripts or anything from elsewhere, for the screen and for
/// paper. Every text is escaped.
final class ReportHtml {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Tierwise audit report</title>
            <style>
            :root { color-scheme: light dark; --line: #c8ccd2; --soft: #f3f4f6; --good: #0b6b34; --bad: #a11616; }
            @media (prefers-color-scheme: dark) { :root { --line: #43484f; --soft: #23262b; --good: #6fd39b; --bad: #ff8f8f; } }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { margin-bottom: .2rem; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .88em; margin: .6rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            th { background: var(--soft); } td.n { text-align: right; font-variant-numeric: tabular-nums; }
            code { font-size: .92em; overflow-wrap: anywhere; }
            .good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
            @media print { body { max-width: none; margin: 0; font-size: 10px; } .wide { overflow: visible; } thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
            </style>
            </head>
            <body>
            """;
    private static final List<String> REQUEST =
            List.of(
                    "Time",
                    "Request",
                    "Tenant / key",
                    "Route",
                    "Class",
                    "Sources",
                    "Zone",
                    "Model",
                    "Rule");

    private final Appendable out;
    private final ReportTally tally;
    private final Verification verification;

    ReportHtml(Appendable out, ReportTally tally, Verification verification) {
        this.out = out;
        this.tally = tally;
        this.verification = verification;
    }

    void write(AuditReport.Asked asked) throws IOException {
        out.append(HEAD);
        out.append("<h1>Audit report</h1>\n");
        line(
                "Period: %s to %s (UTC, the end not counted). Made %s."
                        .formatted(
                                asked.period().from(),
                                asked.period().until(),
                                Moment.of(asked.now().toEpochMilli())));
        line(
                "No text of a request or an answer is in this report, nor in the trail it is made"
                        + " of.");
        summary();
        chain();
        requests();
        people();
        policies();
        out.append(
                """
                <h2>What this report shows and what not</h2>
                <p>It shows what the gateway recorded, and whether the record is as it was written.
                Classes are those that the gateway gave: data that was classed too low is counted too low.
                Local execution removes a disclosure; it does not by itself make anyone compliant.</p>
                </body>
                </html>
                """);
    }

    private void summary() throws IOException {
        AuditReport.Figures figures = tally.figures();
        heading("Summary");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Records in the period", count(figures.records())));
        rows.add(List.of("Requests", count(figures.requests())));
        rows.add(List.of("Blocked requests", count(figures.blocked())));
        rows.add(
                List.of(
                        "Requests let out to zones that are not local",
                        count(figures.elsewhere())));
        rows.add(List.of("Violations", count(figures.violations())));
        rows.add(List.of("Overrides", count(figures.overrides())));
        if (tally.unread() > 0) {
            rows.add(List.of("Records that this version cannot read", count(tally.unread())));
        }
        table(List.of("What", "Number"), rows, 1);
        counts("Requests by outcome", "Outcome", tally.outcomes);
        counts("Requests by class", "Class", tally.classes);
        counts("Identifiers found, by kind", "Kind", tally.identifiers);
    }

    private void chain() throws IOException {
        heading("Proof of the chain");
        switch (verification) {
            case Verification.Intact(var chain, var remarks) -> {
                out.append("<p class=\"good\">The trail is intact: checked for this report.</p>\n");
                ends(chain);
                for (String remark : remarks) {
                    line(remark);
                }
            }
            case Verification.Broken(var chain, var fault) -> {
                out.append("<p class=\"bad\">The trail is broken at ")
                        .append(escape(fault.place() + ": " + fault.meaning()))
                        .append(". Nothing below is certain.</p>\n");
                ends(chain);
            }
            case Verification.Missing(var message) -> line(message);
            case Verification.Unreadable(var message) -> line(message);
        }
    }

    private void ends(Verification.Chain chain) throws IOException {
        var rows = new ArrayList<List<String>>();
        end(rows, "First record", chain.first());
        end(rows, "Last record", chain.last());
        rows.add(List.of("Records in the trail", count(chain.lines())));
        if (chain.prunedThrough() > 0) {
            rows.add(
                    List.of(
                            "Dropped when their time was over",
                            "through record " + chain.prunedThrough()));
        }
        Verification.Signatures signatures = chain.signatures();
        rows.add(List.of("Signed checkpoints", count(signatures.checkpoints())));
        rows.add(List.of("Covered by a signature through", "record " + signatures.covered()));
        rows.add(List.of("Keys (Ed25519)", String.join(", ", signatures.keys())));
        String last = signatures.last();
        rows.add(List.of("Newest checkpoint", last == null ? "none" : last));
        table(List.of("What", "Value"), rows, -1);
    }

    private static void end(List<List<String>> rows, String name, Verification.@Nullable End end) {
        rows.add(
                List.of(
                        name,
                        end == null
                                ? "none"
                                : "%d of %s, SHA-256 %s"
                                        .formatted(end.sequence(), end.time(), end.hash())));
    }

    private void requests() throws IOException {
        heading("Who sent what where");
        table(
                List.of(
                        "Tenant",
                        "Key",
                        "Class",
                        "Zone",
                        "Model",
                        "Outcome",
                        "Requests",
                        "First",
                        "Last"),
                ReportTally.rows(tally.uses),
                6);
        heading("Blocked requests");
        rows(REQUEST, tally.blocked);
        heading("Requests let out to zones that are not local");
        rows(REQUEST, tally.elsewhere);
        heading("Contracts used");
        table(
                List.of("Contract", "Expires", "Zone", "Requests", "First use", "Last use"),
                ReportTally.rows(tally.contracts),
                3);
    }

    private void people() throws IOException {
        heading("Overrides");
        rows(List.of("Time", "What", "State", "Who", "Reason"), tally.overrides);
        heading("Violations");
        rows(List.of("Time", "What", "Request", "Class", "Zone", "Stopped"), tally.violations);
    }

    private void policies() throws IOException {
        heading("Policies and detectors in force");
        table(
                List.of("Policy", "Detector", "Records", "First", "Last"),
                ReportTally.rows(tally.hashes),
                2);
        heading("Events of the trail");
        rows(List.of("Time", "What", "Details"), tally.events);
    }

    private void counts(String title, String name, Map<String, Long> counts) throws IOException {
        if (counts.isEmpty()) {
            return;
        }
        out.append("<h3>").append(escape(title)).append("</h3>\n");
        var rows = new ArrayList<List<String>>();
        counts.forEach((key, value) -> rows.add(List.of(key, count(value))));
        table(List.of(name, "Number"), rows, 1);
    }

    private void rows(List<String> heads, ReportTally.Rows rows) throws IOException {
        table(heads, rows.cells, -1);
        long left = rows.count - rows.cells.size();
        if (left > 0) {
            line("And " + count(left) + " more, which are in the table of --csv.");
        }
    }

    private void table(List<String> heads, List<List<String>> rows, int number) throws IOException {
        if (rows.isEmpty()) {
            line("None.");
            return;
        }
        out.append("<div class=\"wide\"><table><thead><tr>");
        for (String head : heads) {
            out.append("<th scope=\"col\">").append(escape(head)).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(i == number ? "<td class=\"n\">" : "<td>");
                out.append(escape(row.get(i))).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private void heading(String title) throws IOException {
        out.append("<h2>").append(escape(title)).append("</h2>\n");
    }

    private void line(String text) throws IOException {
        out.append("<p>").append(escape(text)).append("</p>\n");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
