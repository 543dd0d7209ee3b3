package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReportTest {
    private static final Period DAY = Period.parse("2026-11-23", "2026-11-23").orElseThrow();
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir Path folder;
    private Trails trail;

    @BeforeEach
    void write() {
        trail = new Trails(folder);
        write(
                Records.start(true),
                Records.usual("request-1"),
                Records.to("request-2", DataClass.PERSONAL, Records.EU),
                Records.blocked("request-3"),
                new AuditRecord.Intervention(
                        "local-only", true, "Ada <ada@clinic>", "=HYPERLINK(\"http://evil\")"),
                new AuditRecord.Violation(
                        "permit-mismatch", "request-2", DataClass.PERSONAL, Records.EU, true),
                new AuditRecord.PolicySet("policy-2", "reload", "sentinel-2"));
        trail.now(Records.NOON.plus(Duration.ofDays(3)));
        write(Records.usual("request-of-another-day"));
    }

    @Test
    void thePageTellsAllAnAuditorAsksFor() throws IOException {
        String page = page(made(null));

        assertThat(page)
                .contains("2026-11-23T00:00:00Z to 2026-11-24T00:00:00Z")
                .contains("The trail is intact")
                .contains("clinic-a / front-desk")
                .contains("request-3")
                .contains("phi stays here")
                .contains("eu-dpa (EU)")
                .contains("host (local)")
                .contains("model-of-eu-dpa")
                .contains("BAA 2026")
                .contains("2027-01-15")
                .contains("local-only")
                .contains("permit-mismatch")
                .contains("policy-2")
                .contains("sentinel-2")
                .contains("MEDICAL_RECORD")
                .contains("Signed checkpoints")
                .contains("does not by itself make anyone compliant")
                .doesNotContain("request-of-another-day");
    }

    @Test
    void thePageNeedsNothingElseAndRunsNothing() throws IOException {
        String page = page(made(null));

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme: dark")
                .contains("@media print")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("href=");
    }

    @Test
    void textIsEscaped() throws IOException {
        String page = page(made(null));

        assertThat(page)
                .contains("Ada &lt;ada@clinic&gt;")
                .doesNotContain("Ada <ada")
                .contains("=HYPERLINK(&quot;http://evil&quot;)");
    }

    @Test
    void theFiguresAreThoseOfThePeriod() {
        AuditReport.Figures figures = made(null).figures();

        assertThat(figures).isEqualTo(new AuditReport.Figures(8, 3, 1, 1, 1, 1));
    }

    @Test
    void theTableHasARowForEachRecordAndAsManyCellsInEach() throws IOException {
        Path csv = folder.resolve("records.csv");
        made(csv);

        List<String> lines = Files.readAllLines(csv);

        assertThat(lines).hasSize(9);
        assertThat(lines.getFirst()).isEqualTo(String.join(",", ReportCsv.COLUMNS));
        assertThat(lines).allSatisfy(line -> assertThat(cells(line)).isEqualTo(33));
        assertThat(lines.get(2)).contains("request-1,clinic-a,front-desk").contains("answered");
        assertThat(folder.resolve("records.csv.next")).doesNotExist();
    }

    @Test
    void noCellIsTakenForAFormula() throws IOException {
        Path csv = folder.resolve("records.csv");
        made(csv);

        assertThat(Files.readString(csv)).contains("\"'=HYPERLINK(\"\"http://evil\"\")\"");
        for (String evil : List.of("=1", "+1", "-1", "@x", "\tx", "\rx", "=\"a\",b")) {
            assertThat(ReportCsv.safe(evil).replaceFirst("^\"", "")).startsWith("'");
        }
        assertThat(ReportCsv.safe("plain")).isEqualTo("plain");
    }

    @Test
    void aBrokenTrailIsReportedAsBroken() throws IOException {
        Path segment = trail.segments().getFirst();
        Files.writeString(segment, Files.readString(segment).replace("clinic-a", "clinic-b"));

        AuditReport report = made(null);

        assertThat(report.verification()).isInstanceOf(Verification.Broken.class);
        assertThat(page(report)).contains("The trail is broken at 000001.jsonl:2");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        var asked = new AuditReport.Asked(DAY, folder.resolve("none").resolve("a.csv"), LATER);

        AuditReport.Made made = AuditReport.of(trail.verifier(), asked);

        assertThat(made.toString()).contains("a.csv").contains("Name a file");
        assertThat(made(null).html(folder.resolve("none").resolve("a.html"))).contains("a.html");
    }

    @Test
    void aPeriodIsReadFromDaysAndMoments() {
        assertThat(Period.parse("2026-07-01", "2026-09-30"))
                .contains(
                        new Period(
                                Instant.parse("2026-07-01T00:00:00Z"),
                                Instant.parse("2026-10-01T00:00:00Z")));
        assertThat(Period.parse("2026-07-01T08:00:00Z", "2026-07-01")).isPresent();
        assertThat(Period.parse("2026-07-02", "2026-06-30")).isEmpty();
        assertThat(Period.parse("yesterday", "2026-06-30")).isEmpty();
        assertThat(Period.parse("+20260-01-01", "+20261-01-01")).isEmpty();
    }

    private void write(AuditRecord... records) {
        try (Trail open = trail.open()) {
            for (AuditRecord record : records) {
                Trails.durable(open, record);
            }
        }
    }

    private AuditReport made(@Nullable Path csv) {
        var asked = new AuditReport.Asked(DAY, csv, LATER);
        return ((AuditReport.Made.Done) AuditReport.of(trail.verifier(), asked)).report();
    }

    private String page(AuditReport report) throws IOException {
        Path file = folder.resolve("report.html");
        assertThat(report.html(file)).isNull();
        return Files.readString(file);
    }

    private static int cells(String line) {
        int cells = 1;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            cells += c == ',' && !quoted ? 1 : 0;
        }
        return cells;
    }
}
