package dev.tierwise.evaluate;

import java.util.List;

/// All that an evaluation found out.
public final class Report {
    /// A task with fewer prompts than this says little.
    private static final int TELLING = 30;

    private final Trial trial;
    private final Setting setting;
    private final String how;
    private final List<String> notes;
    private final List<Part> datasets;
    private final Part all;

    Report(
            Trial trial,
            Setting setting,
            String how,
            List<String> notes,
            List<Part> datasets,
            Part all) {
        this.trial = trial;
        this.setting = setting;
        this.how = how;
        this.notes = List.copyOf(notes);
        this.datasets = List.copyOf(datasets);
        this.all = all;
    }

    Trial trial() {
        return trial;
    }

    /// The models under their names in the first folder.
    Setting setting() {
        return setting;
    }

    String how() {
        return how;
    }

    List<String> notes() {
        return notes;
    }

    List<Part> datasets() {
        return datasets;
    }

    /// The one dataset, or all of them together.
    Part all() {
        return all;
    }

    /// As one JSON object; docs/guide/evaluate.md tells its shape.
    public String json() {
        return ReportJson.of(this).toString();
    }

    /// As a page of HTML that needs nothing else.
    public String html() {
        return ReportPage.of(this);
    }

    /// The curves as a picture of its own.
    public String svg() {
        return ReportPage.picture(this);
    }

    /// For a terminal, the most decisive first.
    public String text() {
        var text = new StringBuilder();
        Trial.Models models = trial.models();
        text.append(models.small());
        if (models.mid() != null) {
            text.append(" → ").append(models.mid());
        }
        text.append(" → ").append(models.frontier());
        if (models.second() != null) {
            text.append(", second ").append(models.second());
        }
        text.append(": ").append(how).append('\n');
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        text.append('\n');
        if (datasets.size() > 1) {
            part(text, all);
        }
        datasets.forEach(part -> part(text, part));
        return text.toString().stripTrailing();
    }

    private void part(StringBuilder text, Part part) {
        text.append(part.name()).append(", ").append(part.rows()).append(" prompts: ");
        text.append(Tables.headline(part)).append('\n');
        text.append(Words.distribution(part));
        text.append(" (").append(part.learning().rows()).append(" rows learned from, ");
        text.append(part.learning().leftOut()).append(" left out)\n");
        if (!part.whyNoCascade().isEmpty()) {
            text.append("no cascade: ").append(part.whyNoCascade()).append('\n');
        }
        text.append('\n').append(Tables.rankings(part).text());
        text.append('\n').append(Tables.singles(part, trial).text());
        if (!part.points().isEmpty()) {
            text.append('\n').append(Tables.points(part, trial).text());
        }
        Floors floors = part.floors();
        if (floors != null) {
            text.append("\nfloor of ").append(Words.percent(floors.floor()));
            text.append(" % with ").append(floors.labels()).append(" labels, ");
            text.append(floors.repeats()).append(" times\n");
            text.append(Tables.floors(floors).text());
        } else if (!part.whyNoFloor().isEmpty()) {
            text.append("\nno floor: ").append(part.whyNoFloor()).append('\n');
        }
        text.append('\n').append(Tables.atShares(part).text());
        text.append('\n').append(Tables.judged(part).text());
        if (!part.tasks().isEmpty()) {
            text.append('\n').append(Tables.tasks(part, TELLING).text());
            long few = part.tasks().stream().filter(task -> task.rows() < TELLING).count();
            if (few > 0) {
                text.append(few).append(few == 1 ? " task" : " tasks");
                text.append(" of fewer than ").append(TELLING);
                text.append(" prompts: see --json or --out\n");
            }
        }
        text.append('\n');
    }
}
