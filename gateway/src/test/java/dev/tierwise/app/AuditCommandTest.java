package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.audit.AuditRecord;
import dev.tierwise.audit.Opened;
import dev.tierwise.audit.Trail;
import dev.tierwise.audit.TrailSettings;
import dev.tierwise.core.DataClass;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {
    private static final AuditRecord.Place US = new AuditRecord.Place("us-any", false, "US");

    @TempDir Path folder;
    private Path audit;
    private String today;
    private String tomorrow;

    @BeforeEach
    void write() {
        audit = folder.resolve("audit");
        LocalDate day = LocalDate.now(ZoneOffset.UTC);
        today = day.toString();
        tomorrow = day.plusDays(1).toString();
        write(new AuditRecord.Start("0.1.0", "policy-1", "sentinel-1", true));
    }

    @Test
    void anIntactTrailExitsWithZero() {
        Ran ran = run("audit", "verify", "--folder", audit.toString());

        assertThat(ran.code).isEqualTo(Main.DONE);
        assertThat(ran.out).contains("is intact").contains("through record 2");
    }

    @Test
    void aBrokenTrailExitsWithOneAndNamesThePlace() throws IOException {
        Path segment = audit.resolve("000001.jsonl");
        Files.writeString(segment, Files.readString(segment).replace("0.1.0", "0.1.1"));

        Ran ran = run("audit", "verify", "--folder", audit.toString());
        Ran json = run("audit", "verify", "--json", "--folder", audit.toString());

        assertThat(ran.code).isEqualTo(Main.FAILED);
        assertThat(ran.out).contains("BROKEN at 000001.jsonl:1");
        assertThat(json.out).contains("\"intact\":false").contains("\"line\":1");
    }

    @Test
    void aMissingTrailExitsWithThree() {
        Ran ran = run("audit", "verify", "--folder", folder.resolve("none").toString());

        assertThat(ran.code).isEqualTo(Main.NOT_FOUND);
        assertThat(ran.err).contains("no audit trail");
    }

    @Test
    void anAnchorIsTakenAsLineAndAsFile() throws IOException {
        Ran printed = run("audit", "anchor", "--folder", audit.toString());
        Path file = folder.resolve("anchors.txt");
        Files.writeString(file, printed.out);
        write(new AuditRecord.PolicySet("policy-2", "reload", "sentinel-1"));

        Ran line =
                run(
                        "audit",
                        "verify",
                        "--folder",
                        audit.toString(),
                        "--anchor",
                        printed.out.strip());
        Ran named =
                run("audit", "verify", "--folder", audit.toString(), "--anchor", file.toString());
        Ran neither = run("audit", "verify", "--folder", audit.toString(), "--anchor", "nothing");

        assertThat(line.code).isEqualTo(Main.DONE);
        assertThat(named.code).isEqualTo(Main.DONE);
        assertThat(neither.code).isEqualTo(Main.USAGE);
    }

    @Test
    void aReportIsWritten() {
        Path page = folder.resolve("report.html");
        Path csv = folder.resolve("records.csv");

        Ran ran =
                run(
                        "audit",
                        "report",
                        "--folder",
                        audit.toString(),
                        "--from",
                        today,
                        "--to",
                        tomorrow,
                        "--out",
                        page.toString(),
                        "--csv",
                        csv.toString());

        assertThat(ran.code).isEqualTo(Main.DONE);
        assertThat(page).content().contains("The trail is intact");
        assertThat(csv).content().startsWith("sequence,");
    }

    @Test
    void whatIsProvenExitsWithZeroAndWhatIsNotWithOne() {
        String from = Instant.now().toString();
        Ran proven = prove(from);
        write(
                new AuditRecord.Permitted(
                        "a", DataClass.PHI, new AuditRecord.Permit("00ff", US), "m", "policy-1"));
        Ran broken = prove(from);

        assertThat(proven.code).isEqualTo(Main.DONE);
        assertThat(proven.out).startsWith("PROVEN").contains("\"signature\":");
        assertThat(broken.code).isEqualTo(Main.FAILED);
        assertThat(broken.out).startsWith("NOT PROVEN").contains("permit for zone us-any (US)");
    }

    @Test
    void theSelfTestsReportCanBeKeptAndChecked() {
        Path kept = folder.resolve("report.json");
        String[] command = {
            "prove", "--requests", "60", "--folder", audit.toString(), "--out", kept.toString()
        };
        Ran test = run(command);
        Ran check = run("audit", "check", kept.toString(), "--folder", audit.toString());

        assertThat(test.out).contains("canaries got out").contains("\"signature\":");
        assertThat(test.err).doesNotContain("SEVERE");
        assertThat(check.out).startsWith("GENUINE");
    }

    @Test
    void wrongDatesAndClassesAreUsage() {
        Ran dates = run("audit", "report", "--from", "soon", "--to", "later");
        Ran dataClass = run("prove", "--no-egress", "gossip", "--from", today, "--to", today);

        assertThat(dates.code).isEqualTo(Main.USAGE);
        assertThat(dates.err).contains("UTC dates");
        assertThat(dataClass.code).isEqualTo(Main.USAGE);
        assertThat(dataClass.err).contains("phi");
    }

    private Ran prove(String from) {
        return run(
                "prove",
                "--no-egress",
                "phi",
                "--from",
                from,
                "--to",
                tomorrow,
                "--folder",
                audit.toString());
    }

    private void write(AuditRecord record) {
        Opened opened = Trail.open(TrailSettings.usual(audit, folder.resolve("audit.checkpoint")));
        assertThat(opened).isInstanceOf(Opened.Ready.class);
        try (Trail trail = ((Opened.Ready) opened).trail()) {
            trail.append(record);
            assertThat(trail.flush(Duration.ofSeconds(20))).isTrue();
        }
    }

    private record Ran(int code, String out, String err) {}

    private static Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine line =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
