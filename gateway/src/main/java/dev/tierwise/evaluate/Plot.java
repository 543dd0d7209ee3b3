package dev.tierwise.evaluate;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A picture of curves as SVG: two panels beside each other, quality over the frontier's share and
/// quality over cost, with a legend above. Needs no script and no network, and follows the reader's
/// choice of light or dark.
final class Plot {
    private static final double WIDTH = 980;
    private static final double PANEL = 400;
    private static final double HIGH = 300;
    private static final double LEFT = 62;
    private static final double BETWEEN = 70;
    private static final double LEGEND_LINE = 22;
    private static final double LETTER = 6.9;

    static final String STYLE =
            """
            .tw-plot{--ink:#1c2430;--soft:#5b6675;--grid:#dfe4ea;--paper:#ffffff;\
            --c-cascade:#0b6bcb;--c-prompt_only:#c2410c;--c-nearest:#0f766e;--c-length:#8e5bb5;\
            --c-agreement:#a16207;--c-tiers:#15803d;--c-oracle:#64748b;--c-random:#64748b;\
            font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;\
            background:var(--paper)}
            @media (prefers-color-scheme:dark){.tw-plot{--ink:#e6ebf2;--soft:#9aa7b8;\
            --grid:#2b3543;--paper:#141a22;--c-cascade:#6cb6ff;--c-prompt_only:#fb9a5b;\
            --c-nearest:#4fd1c5;--c-length:#c9a2ec;--c-agreement:#e3b341;--c-tiers:#6ee7a0;--c-oracle:#93a1b5;\
            --c-random:#93a1b5}}
            @media print{.tw-plot{--ink:#000;--soft:#333;--grid:#ccc;--paper:#fff}}
            .tw-plot text{font-size:12.5px;fill:var(--ink)}
            .tw-plot .soft{fill:var(--soft)}
            .tw-plot .strong{font-weight:600}
            .tw-plot .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;\
            stroke-linejoin:round}
            .tw-plot .grid{stroke:var(--grid);stroke-width:1}
            .tw-plot .axis{stroke:var(--soft);stroke-width:1}
            .tw-plot .goal{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
            .tw-plot .curve{fill:none;stroke-width:1.7;stroke-linejoin:round}
            .tw-plot .dot{stroke:var(--paper);stroke-width:1.5;fill:var(--ink)}
            """
                    + colours();

    private final List<Line> lines = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();
    private double low = 1;
    private double high;
    private double goal = Double.NaN;

    /// A curve.
    ///
    /// @param kind by which it has its colour and dashes
    /// @param label in the legend
    /// @param shares of the frontier, 0 to 1; empty for what is shown over cost only
    /// @param costs in frontier calls
    /// @param quality at each
    record Line(
            String kind,
            String label,
            List<Double> shares,
            List<Double> costs,
            List<Double> quality) {}

    /// A point.
    ///
    /// @param share of the frontier; NaN where it has none
    /// @param cost in frontier calls; NaN where it is shown over the share only
    record Mark(String label, double share, double cost, double quality) {}

    private static String colours() {
        var text = new StringBuilder();
        String[] dashes = {
            "cascade",
            "0",
            "prompt_only",
            "0",
            "nearest",
            "6 3",
            "length",
            "2 3",
            "agreement",
            "9 3 2 3",
            "oracle",
            "1 3",
            "random",
            "4 4",
            "tiers",
            "0"
        };
        for (int i = 0; i < dashes.length; i += 2) {
            text.append(".tw-plot .")
                    .append(dashes[i])
                    .append("{stroke:var(--c-")
                    .append(dashes[i])
                    .append(");stroke-dasharray:")
                    .append(dashes[i + 1])
                    .append("}\n");
        }
        return text
                + ".tw-plot .curve.cascade,.tw-plot .curve.tiers{stroke-width:3}\n"
                + ".tw-plot .curve.prompt_only{stroke-width:2.4}\n";
    }

    void line(Line line) {
        lines.add(line);
        line.quality.forEach(this::reach);
    }

    void mark(Mark mark) {
        marks.add(mark);
        reach(mark.quality);
    }

    /// Draws a line across at a quality that is a goal.
    void goal(double quality) {
        goal = quality;
        reach(quality);
    }

    private void reach(double quality) {
        low = Math.min(low, quality);
        high = Math.max(high, quality);
    }

    /// The picture.
    ///
    /// @param title what a reader hears who does not see it
    /// @param told the same in a sentence or two
    String svg(String title, String told) {
        svg.setLength(0);
        double room = Math.max(.02, (high - low) * .06);
        low = Math.max(0, low - 1.6 * room);
        high = Math.min(1, high + room);
        double top = 16 + legendHeight();
        double height = top + HIGH + 62;
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg class=\"tw-plot\" xmlns=\"http://www.w3.org/2000/svg\""
                                + " viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">",
                        WIDTH,
                        height,
                        escaped(title)));
        svg.append("<title>").append(escaped(title)).append("</title>");
        svg.append("<desc>").append(escaped(told)).append("</desc>");
        svg.append("<style>").append(STYLE).append("</style>\n");
        legend();
        panel(LEFT, top, "share of calls that go to the frontier, %", true);
        panel(LEFT + PANEL + BETWEEN, top, "cost, % of sending everything to the frontier", false);
        return svg.append("</svg>\n").toString();
    }

    private double legendWidth(Line line) {
        return 46 + line.label.length() * LETTER + 14;
    }

    private double legendHeight() {
        double x = LEFT;
        double rows = 1;
        for (Line line : lines) {
            if (x + legendWidth(line) > WIDTH) {
                rows++;
                x = LEFT;
            }
            x += legendWidth(line);
        }
        return rows * LEGEND_LINE + 12;
    }

    private void legend() {
        double x = LEFT;
        double y = 18;
        for (Line line : lines) {
            if (x + legendWidth(line) > WIDTH) {
                y += LEGEND_LINE;
                x = LEFT;
            }
            put(
                    "<line class=\"curve %s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    line.kind, x, y - 4, x + 38, y - 4);
            text(x + 44, y, line.label, "", "start");
            x += legendWidth(line);
        }
    }

    private void panel(double left, double top, String axis, boolean shares) {
        double step = step(high - low);
        for (double tick = Math.ceil(low / step) * step; tick <= high + 1e-9; tick += step) {
            double y = y(tick, top);
            rule("grid", left, y, left + PANEL, y);
            text(left - 8, y + 4, String.format(Locale.ROOT, "%.2f", tick), "soft", "end");
        }
        for (int tick = 0; tick <= 100; tick += 20) {
            double x = left + tick / 100.0 * PANEL;
            rule("grid", x, top, x, top + HIGH);
            text(x, top + HIGH + 18, Integer.toString(tick), "soft", "middle");
        }
        rule("axis", left, top + HIGH, left + PANEL, top + HIGH);
        text(left + PANEL / 2, top + HIGH + 40, axis, "", "middle");
        text(left, top - 8, "quality", "soft", "start");
        if (!Double.isNaN(goal)) {
            rule("goal", left, y(goal, top), left + PANEL, y(goal, top));
        }
        for (Line line : lines.reversed()) {
            curve(line, left, top, shares);
        }
        if (shares && !Double.isNaN(goal)) {
            text(left + 4, y(goal, top) - 5, "95 % of the frontier", "soft halo", "start");
        }
        for (Mark mark : marks) {
            double at = shares ? mark.share : mark.cost;
            if (!Double.isNaN(at)) {
                dot(mark, left + Math.min(1, at) * PANEL, y(mark.quality, top), left);
            }
        }
    }

    private void dot(Mark mark, double x, double y, double left) {
        put("<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>", x, y);
        boolean right = x > left + PANEL * .7;
        boolean high = right || mark.label.contains("for all");
        text(
                x + (right ? 4 : 8),
                y + (high ? -9 : 17),
                mark.label,
                "strong halo",
                right ? "end" : "start");
    }

    private void curve(Line line, double left, double top, boolean shares) {
        var path = new StringBuilder();
        List<Double> xs = shares ? line.shares : line.costs;
        if (xs.isEmpty()) {
            return;
        }
        for (int i = 0; i < xs.size(); i++) {
            // a cascade that sends everything up costs a little more than the frontier alone
            if (xs.get(i) <= 1 + 1e-9) {
                path.append(
                        String.format(
                                Locale.ROOT,
                                "%s%.1f %.1f",
                                path.isEmpty() ? "M" : "L",
                                left + xs.get(i) * PANEL,
                                y(line.quality.get(i), top)));
            }
        }
        put("<path class=\"curve %s\" d=\"%s\"/>", line.kind, path);
    }

    private double y(double quality, double top) {
        return top + HIGH - (quality - low) / (high - low) * HIGH;
    }

    private static double step(double range) {
        for (double step : new double[] {.01, .02, .05, .1}) {
            if (range / step <= 8) {
                return step;
            }
        }
        return .2;
    }

    private void rule(String kind, double x1, double y1, double x2, double y2) {
        put(
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                kind, x1, y1, x2, y2);
    }

    private void text(double x, double y, String text, String kind, String anchor) {
        put(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                kind, x, y, anchor, escaped(text));
    }

    @FormatMethod
    private void put(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /// Text that is safe in SVG and HTML.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
