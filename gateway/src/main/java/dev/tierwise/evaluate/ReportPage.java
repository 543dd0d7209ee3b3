package dev.tierwise.evaluate;

import static dev.tierwise.evaluate.Plot.escaped;

import dev.tierwise.evaluate.Curve.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A report as one page of HTML: no script, nothing from elsewhere, light or dark as the reader
/// wishes, and fit for printing.
final class ReportPage {
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#dfe4ea;\
            --paper:#ffffff;--card:#f5f7fa;--accent:#0b6bcb}
            @media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--soft:#9aa7b8;\
            --line:#2b3543;--paper:#141a22;--card:#1b232e;--accent:#6cb6ff}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);\
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            main{max-width:1060px;margin:0 auto;padding:32px 20px 64px}
            h1{font-size:1.55rem;line-height:1.25;margin:0 0 .3rem;overflow-wrap:anywhere}
            h2{font-size:1.2rem;margin:2.6rem 0 .4rem;border-top:1px solid var(--line);\
            padding-top:1.4rem}
            h3{font-size:1rem;margin:1.8rem 0 .4rem}
            p{margin:.4rem 0;max-width:75ch}
            .soft{color:var(--soft)}
            .cards{display:flex;flex-wrap:wrap;gap:12px;margin:1.2rem 0}
            .card{background:var(--card);border:1px solid var(--line);border-radius:10px;\
            padding:12px 16px;flex:1 1 190px}
            .card b{display:block;font-size:1.6rem;line-height:1.2;color:var(--accent);\
            font-variant-numeric:tabular-nums}
            .card span{color:var(--soft);font-size:.86rem;display:block}
            .wide{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.88rem;\
            font-variant-numeric:tabular-nums}
            th,td{text-align:left;padding:5px 14px 5px 0;border-bottom:1px solid var(--line);\
            vertical-align:top}
            thead th{color:var(--soft);font-weight:600}
            tbody th{font-weight:500}
            td i{font-style:normal;color:var(--soft);font-size:.92em;white-space:nowrap}
            tr.ours th,tr.ours td{font-weight:650}
            tr.ours i{font-weight:400}
            figure{margin:1rem 0;overflow-x:auto}
            figure svg{width:100%;min-width:700px;height:auto;display:block}
            figcaption{color:var(--soft);font-size:.86rem;margin-top:.3rem}
            .note{border-left:3px solid var(--accent);padding:.1rem 0 .1rem .8rem}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;font-size:.9rem}
            dt{font-weight:600}dd{margin:0}
            @media (max-width:640px){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
            @media print{:root{--ink:#000;--soft:#444;--line:#ccc;--paper:#fff;--card:#fff;\
            --accent:#000}main{max-width:none;padding:0}figure,tr,.card{break-inside:avoid}\
            h2,h3{break-after:avoid}.wide,figure{overflow:visible}figure svg{min-width:0}\
            body{font-size:13px}table{font-size:.7rem}th,td{padding-right:6px}\
            @page{size:A4;margin:12mm}}
            """;

    private final Report report;
    private final StringBuilder page = new StringBuilder();

    private ReportPage(Report report) {
        this.report = report;
    }

    /// The page.
    static String of(Report report) {
        return new ReportPage(report).page();
    }

    /// The picture of all datasets together.
    static String picture(Report report) {
        return new ReportPage(report).plot(report.all());
    }

    private String page() {
        String title = title();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        page.append("<title>").append(escaped(title)).append("</title>");
        page.append("<style>").append(STYLE).append("</style></head>\n<body><main>\n");
        page.append("<h1>").append(escaped(title)).append("</h1>\n");
        String second = report.setting().second();
        paragraph(
                "soft",
                report.all().rows()
                        + " prompts, "
                        + report.how()
                        + (second == null ? "" : ", agreement of " + second)
                        + ".");
        cards(report.all());
        for (String note : report.notes()) {
            paragraph("note", note);
        }
        if (report.datasets().size() > 1) {
            part(report.all());
        }
        report.datasets().forEach(this::part);
        words();
        return page.append("</main></body></html>\n").toString();
    }

    private String title() {
        Setting setting = report.setting();
        return String.join(" → ", setting.tiers());
    }

    private void paragraph(String kind, String text) {
        page.append("<p class=\"").append(kind).append("\">");
        page.append(escaped(text)).append("</p>\n");
    }

    private void cards(Part part) {
        Part.Ranked best = part.best().ranked();
        Measured share = best.ofStrong().getFirst();
        page.append("<div class=\"cards\">");
        card(
                Words.percent(share.value()) + " %",
                "of calls to the frontier keep 95 % of its quality (" + range(share) + ")");
        card(
                Words.percent(best.price().at(share.value())) + " %",
                "of its cost, " + Words.ranking(best.name()) + " included");
        card(
                Words.quality(best.apgr().value()),
                "APGR of the "
                        + Words.ranking(best.name())
                        + "; by lot .500 ±"
                        + Words.quality(part.chance()));
        Tables.cheapest(part)
                .ifPresent(priced ->
                        card(
                                Words.percent(priced.cost()) + " %",
                                "of the cost for the same with three tiers, shares "
                                        + Words.shares(priced.shares())));
        page.append("</div>\n");
    }

    private static String range(Measured measured) {
        return Double.isNaN(measured.low())
                ? "no interval"
                : Words.percent(measured.low()) + " to " + Words.percent(measured.high()) + " %";
    }

    private void card(String figure, String told) {
        page.append("<div class=\"card\"><b>").append(escaped(figure)).append("</b><span>");
        page.append(escaped(told)).append("</span></div>");
    }

    private void part(Part part) {
        page.append("<section><h2>").append(escaped(part.name())).append("</h2>\n");
        paragraph("", Tables.headline(part));
        paragraph(
                "soft",
                part.rows()
                        + " prompts; "
                        + Words.distribution(part)
                        + " ("
                        + part.learning().rows()
                        + " rows learned from, "
                        + part.learning().leftOut()
                        + " left out because they are measured on).");
        if (!part.whyNoCascade().isEmpty()) {
            paragraph("note", "No cascade: " + part.whyNoCascade() + ".");
        }
        page.append("<figure>").append(plot(part));
        page.append("<figcaption>Quality over the share of calls that go to the frontier, and over")
                .append(" cost: the small model and the second one count too. Grey: what lot and")
                .append(" an all-knowing router would do. Every figure is in the tables below.")
                .append("</figcaption></figure>\n");
        table("Routers and baselines", Tables.rankings(part));
        table("One model for everything", Tables.singles(part, report.trial()));
        if (!part.points().isEmpty()) {
            table("Tiers at your goal", Tables.points(part, report.trial()));
        }
        Floors floors = part.floors();
        if (floors != null) {
            table(
                    "A floor of "
                            + Words.percent(floors.floor())
                            + " %, set by "
                            + floors.labels()
                            + " judged requests, "
                            + floors.repeats()
                            + " times",
                    Tables.floors(floors));
        } else if (!part.whyNoFloor().isEmpty()) {
            paragraph("note", "No floor: " + part.whyNoFloor() + ".");
        }
        table("Quality at shares", Tables.atShares(part));
        table("Other measures", Tables.judged(part));
        if (!part.tasks().isEmpty()) {
            table("Tasks", Tables.tasks(part, 1));
        }
        if (!part.tasks().isEmpty() && !part.points().isEmpty()) {
            table("Tiers in each task", Tables.taskPoints(part));
        }
        page.append("</section>\n");
    }

    private void table(String title, Table table) {
        page.append("<h3>").append(escaped(title)).append("</h3>\n");
        page.append("<div class=\"wide\"><table><thead><tr>");
        table.head()
                .forEach(cell ->
                        page.append("<th scope=\"col\">").append(escaped(cell)).append("</th>"));
        page.append("</tr></thead><tbody>\n");
        for (List<String> row : table.rows()) {
            page.append(ours(table, row) ? "<tr class=\"ours\">" : "<tr>");
            page.append("<th scope=\"row\">").append(escaped(row.getFirst())).append("</th>");
            for (String cell : row.subList(1, row.size())) {
                page.append("<td>").append(cell(cell)).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    /// Our own routers are to be seen at once among the baselines.
    private static boolean ours(Table table, List<String> row) {
        String name = row.getFirst();
        return table.head().contains("APGR")
                && (name.equals("cascade") || name.equals("prompt only"));
    }

    /// With its interval less loud than the figure.
    private static String cell(String cell) {
        int interval = cell.indexOf(" [");
        return interval < 0
                ? escaped(cell)
                : escaped(cell.substring(0, interval))
                        + " <i>"
                        + escaped(cell.substring(interval + 1))
                        + "</i>";
    }

    private String plot(Part part) {
        var plot = new Plot();
        List<Double> shares = IntStream.rangeClosed(0, 100).mapToObj(i -> i / 100.0).toList();
        List<Part.Ranked> all = new ArrayList<>();
        part.routers().reversed().forEach(router -> all.add(router.ranked()));
        all.addAll(part.baselines());
        for (Part.Ranked ranked : all) {
            plot.line(
                    new Plot.Line(
                            ranked.name(),
                            Words.ranking(ranked.name())
                                    + " "
                                    + Words.quality(ranked.apgr().value()),
                            shares,
                            shares.stream().map(share -> ranked.price().at(share)).toList(),
                            ranked.points()));
        }
        double small = part.small().value();
        double frontier = part.frontier().value();
        Part.Price direct = part.routers().getFirst().ranked().price();
        plot.line(
                new Plot.Line(
                        "random",
                        "random mix .500",
                        List.of(0.0, 1.0),
                        List.of(direct.at(0), 1.0),
                        List.of(small, frontier)));
        if (!part.priced().isEmpty()) {
            plot.line(
                    new Plot.Line(
                            "tiers",
                            "three tiers by price (cost only)",
                            List.of(),
                            part.priced().stream().map(Part.Priced::cost).toList(),
                            part.priced().stream().map(Part.Priced::quality).toList()));
            plot.mark(
                    new Plot.Mark(
                            "mid for all",
                            Double.NaN,
                            report.trial().prices().mid(),
                            part.quality().get(1).value()));
        }
        plot.mark(new Plot.Mark("small", 0, direct.at(0), small));
        plot.mark(new Plot.Mark("frontier", 1, 1, frontier));
        if (frontier > small) {
            double share = part.best().ranked().ofStrong().getFirst().value();
            plot.goal(.95 * frontier);
            plot.mark(
                    new Plot.Mark(Words.percent(share) + " %", share, Double.NaN, .95 * frontier));
        }
        return plot.svg(
                "Quality of " + part.name() + " over the frontier's share and over cost",
                Tables.headline(part)
                        + " Small model alone "
                        + Words.quality(small)
                        + ", frontier alone "
                        + Words.quality(frontier)
                        + ".");
    }

    private void words() {
        page.append("<section><h2>How to read this</h2><dl>");
        word(
                "APGR",
                "average performance gap recovered: the area between curve and small model;"
                        + " a router that tosses coins has .500, always being at the frontier 1.");
        word(
                "CPT50, CPT80",
                "the share of calls, in percent, at which half or four fifths of the"
                        + " gap between small and frontier model is closed.");
        word(
                "95 % at",
                "the share of calls, in percent, at which 95 % of the frontier's quality"
                        + " is reached; 98 % and 100 % likewise.");
        word(
                "cost",
                "in percent of sending everything to the frontier. A cascade pays the small"
                        + " model and the second one for every prompt.");
        word(
                "oracle",
                "knows beforehand which model will be right: the best that any router"
                        + " could do.");
        word("regret", "how much more quality the oracle has, in the mean over all shares.");
        word("ECE, Brier", "how far a probability can be taken at its word; 0 is perfect.");
        word(
                "missed",
                "how often a promise was broken on rows that had no part in setting the"
                        + " threshold.");
        word(
                "[ … ]",
                "95 % of "
                        + report.trial().sampling().resamples()
                        + " bootstrap resamples of the prompts lie in between.");
        page.append("</dl></section>\n");
    }

    private void word(String word, String meaning) {
        page.append("<dt>").append(escaped(word)).append("</dt><dd>");
        page.append(escaped(meaning)).append("</dd>");
    }
}
