package dev.tierwise.app;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.Recommendation;
import dev.tierwise.fit.Together;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `tw fit --html`: what fits as bars of memory, on one page that needs nothing else.
final class FitPage {
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#dfe4ea;\
            --paper:#fff;--card:#f5f7fa;--w:#0b6bcb;--c:#e08a00;--o:#8a94a3}
            @media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--soft:#9aa7b8;\
            --line:#2b3543;--paper:#141a22;--card:#1b232e;--w:#4f9cf0;--c:#f0a93a;--o:#6f7c8f}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);\
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            main{max-width:1000px;margin:0 auto;padding:32px 20px 64px}
            h1{font-size:1.5rem;line-height:1.25;margin:0 0 .4rem;overflow-wrap:anywhere}
            h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
            p,li{margin:.3rem 0;max-width:80ch}.soft{color:var(--soft);font-size:.88rem}
            .row{display:grid;grid-template-columns:minmax(130px,230px) 1fr minmax(150px,210px);\
            gap:14px;align-items:center;padding:5px 0;border-bottom:1px solid var(--line)}
            .row b{font-weight:600;overflow-wrap:anywhere}
            .row span{font-size:.86rem;font-variant-numeric:tabular-nums}
            .bar{height:18px;background:var(--card);border:1px solid var(--line);\
            border-radius:4px;display:flex;overflow:hidden}
            .bar i{display:block;height:100%}
            .w{background:var(--w)}.c{background:var(--c)}.o{background:var(--o)}
            .key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 1em}
            pre{white-space:pre-wrap;background:var(--card);border:1px solid var(--line);\
            border-radius:8px;padding:12px 16px;font-size:.8rem}
            @media (max-width:640px){.row{grid-template-columns:1fr;gap:3px}}
            @media print{body{font-size:12px}main{padding:0;max-width:none}.row{break-inside:avoid}}
            """;

    private final StringBuilder page = new StringBuilder();

    private FitPage() {}

    /// A machine and all that fits it.
    static String of(FitReading reading) {
        var page = new FitPage();
        page.begin("What fits " + reading.machine().name(), reading.machine());
        Recommendation set = reading.recommended();
        if (set != null) {
            page.head("Loaded together");
            page.together(set);
            page.known(reading, set);
        }
        page.head(
                String.format(
                        Locale.ROOT,
                        "Each alone, context %,d, %d %s",
                        reading.wish().context(),
                        reading.wish().slots(),
                        reading.wish().slots() == 1 ? "slot" : "slots"));
        page.key();
        for (Advice.Choice choice : reading.choices()) {
            page.row(
                    choice.load(),
                    choice.together().plans().getFirst(),
                    choice.device().budget(),
                    choice.one());
        }
        var text = new StringWriter();
        FitText.print(reading, new PrintWriter(text, true));
        return page.end(text.toString());
    }

    /// One model.
    static String of(FitReading.One one) {
        var page = new FitPage();
        page.begin(one.load().model().id() + " on " + one.machine().name(), one.machine());
        page.key();
        for (int i = 0; i < one.together().size(); i++) {
            Together together = one.together().get(i);
            page.head(together.device().name() + ": " + together.verdict().says());
            page.row(
                    one.load(),
                    together.plans().getFirst(),
                    together.budget(),
                    one.speeds().get(i));
        }
        var text = new StringWriter();
        FitText.print(one, new PrintWriter(text, true));
        return page.end(text.toString());
    }

    private void begin(String title, Machine machine) {
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><main><h1>")
                .append(escaped(title))
                .append("</h1>");
        for (Device device : machine.devices()) {
            page.append("<p>")
                    .append(escaped(device.name()))
                    .append(": ")
                    .append(gigabytes(device.budget()))
                    .append(" GB for models of ")
                    .append(gigabytes(device.memory()))
                    .append(" GB, ")
                    .append(gigabytes(device.bandwidth()))
                    .append(" GB/s</p>");
        }
        machine.notes()
                .forEach(note ->
                        page.append("<p class=\"soft\">").append(escaped(note)).append("</p>"));
    }

    private void head(String text) {
        page.append("<h2>").append(escaped(text)).append("</h2>");
    }

    private void key() {
        page.append("<p class=\"soft key\">A bar is the memory that models may take.")
                .append("<i class=\"w\"></i>weights<i class=\"c\"></i>keys and values")
                .append("<i class=\"o\"></i>computing and headroom</p>");
    }

    private void together(Recommendation set) {
        page.append("<div class=\"row\"><b>")
                .append(
                        String.join(
                                " + ",
                                set.together().plans().stream()
                                        .map(plan -> escaped(plan.load().model().id()))
                                        .toList()))
                .append(" + embedder</b><div class=\"bar\">");
        double budget = Objects.requireNonNull(set.together().budget()).value();
        set.together().plans().forEach(plan -> parts(plan, budget));
        part("o", set.embedder().value(), budget, "embedder");
        page.append("</div><span>")
                .append(escaped(set.together().verdict().says()))
                .append("</span></div>");
    }

    /// Why these, and under which licences.
    private void known(FitReading reading, Recommendation set) {
        page.append("<p>")
                .append(escaped(set.local().model().id() + ": " + set.reason().says()))
                .append("</p>");
        set.together().plans().stream()
                .map(plan -> plan.load().model())
                .forEach(model ->
                        page.append("<p class=\"soft\">Licence of ")
                                .append(escaped(model.id()))
                                .append(": ")
                                .append(escaped(reading.known(model).licence()))
                                .append("</p>"));
    }

    private void row(Load load, MemoryPlan plan, @Nullable Figure budget, @Nullable Figure speed) {
        page.append("<div class=\"row\"><b>")
                .append(escaped(load.model().id()))
                .append("</b><div class=\"bar\" role=\"img\" aria-label=\"")
                .append(gigabytes(plan.total()))
                .append(" of ")
                .append(gigabytes(budget))
                .append(" GB\">");
        if (budget != null) {
            parts(plan, budget.value());
        }
        page.append("</div><span>")
                .append(load.quantisation())
                .append(", ")
                .append(gigabytes(plan.total()))
                .append(" GB");
        if (speed != null) {
            page.append(
                    String.format(
                            Locale.ROOT, ", %.0f%s tok/s", speed.value(), FitText.origin(speed)));
        }
        page.append("</span></div>");
    }

    private void parts(MemoryPlan plan, double budget) {
        parts(List.of("w", "c", "o"), plan, budget);
    }

    private void parts(List<String> kinds, MemoryPlan plan, double budget) {
        part(kinds.get(0), value(plan.weights()), budget, "weights");
        part(kinds.get(1), value(plan.cache()), budget, "keys and values");
        part(kinds.get(2), value(FitText.other(plan)), budget, "computing and headroom");
    }

    private void part(String kind, double bytes, double budget, String title) {
        double share = Math.min(100, 100 * bytes / Math.max(1, budget));
        page.append(
                String.format(
                        Locale.ROOT,
                        "<i class=\"%s\" style=\"width:%.2f%%\" title=\"%s %.2f GB\"></i>",
                        kind,
                        share,
                        title,
                        bytes / 1e9));
    }

    private static double value(@Nullable Figure figure) {
        return figure == null ? 0 : figure.value();
    }

    private String end(String text) {
        return page.append("<h2>In words</h2><pre>")
                .append(escaped(text))
                .append("</pre></main></body></html>\n")
                .toString();
    }

    private static String gigabytes(@Nullable Figure bytes) {
        return bytes == null ? "?" : String.format(Locale.ROOT, "%.1f", bytes.value() / 1e9);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
