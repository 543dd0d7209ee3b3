package dev.tierwise.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.ledger.Entries;
import dev.tierwise.ledger.Entry;
import dev.tierwise.ledger.Feedback;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.ledger.Opened;
import dev.tierwise.ledger.Outcome;
import dev.tierwise.ledger.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    @TempDir Path folder;

    @Test
    void sharesStandBesideTheirTargets() {
        Report report = report(sample());

        String text = report.text(false);

        assertThat(text).containsPattern("local +2 +66\\.7 % +70\\.0 %");
        assertThat(text).containsPattern("mid +0 +0\\.0 % +20\\.0 %");
        assertThat(text).containsPattern("frontier +1 +33\\.3 % +10\\.0 %");
    }

    @Test
    void savingNamesItsBaselineAndLeavesUnknownPricesOut() {
        Report report = report(sample());

        String text = report.text(false);

        assertThat(text).contains("Spend     $2.00, and 1 request of unknown price on top");
        assertThat(text)
                .contains(
                        "Saving    $6.00 of $8.00 (75.0 %) against everything on frontier-model\n"
                                + "          (2 requests compared, 2 left out on both sides)");
    }

    @Test
    void nothingIsSavedWhereNothingIsComparable() {
        Report report = report(List.of(Entries.priced("a", Tier.MID, null, null)));

        assertThat(report.text(false)).contains("Saving    not known");
        assertThat(json(report).path("spend").path("saving_usd").isNull()).isTrue();
        assertThat(report.savedShare()).isEmpty();
    }

    @Test
    void jsonHoldsTheSameFigures() {
        JsonNode json = json(report(sample()));

        assertThat(json.path("requests").asLong()).isEqualTo(4);
        assertThat(json.path("outcomes").path("refused").asLong()).isEqualTo(1);
        assertThat(json.path("spend").path("cost_usd").decimalValue()).isEqualByComparingTo("2");
        assertThat(json.path("spend").path("unpriced_requests").asLong()).isEqualTo(1);
        assertThat(json.path("spend").path("saving_usd").decimalValue()).isEqualByComparingTo("6");
        assertThat(json.path("saved_share").asDouble()).isEqualTo(0.75);
        assertThat(json.path("baselines").path("frontier-model").asLong()).isEqualTo(2);
        assertThat(json.path("tiers").get(0).path("latency").path("p50_ms").asDouble())
                .isEqualTo(41);
        assertThat(json.path("attempts").path("count").asLong()).isEqualTo(3);
    }

    @Test
    void whatWasThoughtOfAnswersIsShownWhereThereIsAny() {
        List<Entry> judged =
                List.of(
                        Entries.judged("a", Entries.verdict(1, Verdict.Action.ACCEPT)),
                        Entries.judged("b", Entries.verdict(1, Verdict.Action.CLIMB)));
        Path file = write(judged, Entries.feedback("a", Feedback.Kind.THUMB, 1));
        Report report = ((Made.Done) Report.of(file, Since.ALWAYS)).report();

        String text = report.text(false);

        assertThat(text)
                .contains("Judged    2 answers: 1 accepted, 1 climbed; passed over 0 models")
                .contains("          kept back p50 10 ms, p95 10 ms")
                .contains("Rated     local: 1 answer, 1 up, 0 down, mean score 1.00");
        assertThat(json(report).path("judged").path("climb").asLong()).isEqualTo(1);
        assertThat(json(report).path("feedback").path("tiers").get(0).path("up").asLong())
                .isEqualTo(1);
    }

    @Test
    void nothingIsSaidOfOpinionsWhereThereIsNone() {
        assertThat(report(sample()).text(false)).doesNotContain("Judged", "Rated");
    }

    @Test
    void colourIsOnlyThereWhenAskedFor() {
        Report report = report(sample());

        assertThat(report.text(false)).doesNotContain("\u001b");
        assertThat(report.text(true)).contains("\u001b[1m");
    }

    @Test
    void namesFromClientsCannotSteerTheTerminal() {
        Entry usual = Entries.usual("a");
        var caller = new Caller("k", "\u001b[2Jgone\u202e", Tier.FRONTIER, null, DataClass.PUBLIC);
        var entry =
                new Entry(
                        "a",
                        usual.at(),
                        caller,
                        usual.choice(),
                        usual.bill(),
                        usual.course(),
                        usual.attempts());

        String text = report(List.of(entry)).text(false);

        assertThat(text).contains("?[2Jgone?").doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void noLineIsWiderThanATerminal() {
        assertThat(report(sample()).text(false).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void anEmptyLedgerSaysSo() {
        Report report = report(List.of());

        assertThat(report.empty()).isTrue();
        assertThat(report.text(false)).contains("No requests since the first request.");
        assertThat(json(report).path("requests").asLong()).isZero();
    }

    @Test
    void aMissingLedgerIsNoReport() {
        Made made = Report.of(folder.resolve("none.db"), Since.ALWAYS);

        assertThat(made).isInstanceOf(Made.Missing.class);
        assertThat(((Made.Missing) made).message()).contains("none.db").contains("tw serve");
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void aFileThatIsNoLedgerIsUnreadable() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a database".repeat(200));

        Made made = Report.of(file, Since.ALWAYS);

        assertThat(made).isInstanceOf(Made.Unreadable.class);
        assertThat(((Made.Unreadable) made).message()).contains("notes.txt").contains("damaged");
    }

    @Test
    void sinceCountsFromItsMomentOn() {
        Path file = write(List.of(Entries.usual("a")));

        var after = new Since(Entries.NOON.plusMillis(1), "later");

        assertThat(((Made.Done) Report.of(file, after)).report().empty()).isTrue();
        assertThat(((Made.Done) Report.of(file, new Since(Entries.NOON, "noon"))).report().empty())
                .isFalse();
    }

    @Test
    void sinceTakesTimesBackDatesAndMoments() {
        Instant now = Entries.NOON;

        assertThat(Since.parse("24h", now))
                .contains(new Since(now.minus(Duration.ofDays(1)), "24h ago"));
        assertThat(Since.parse("2w", now))
                .contains(new Since(now.minus(Duration.ofDays(14)), "2w ago"));
        assertThat(Since.parse("2026-11-01", now))
                .contains(new Since(Instant.parse("2026-11-01T00:00:00Z"), "2026-11-01"));
        assertThat(Since.parse("2026-11-01T08:00:00Z", now)).isPresent();
        assertThat(Since.parse("yesterday", now)).isEmpty();
        assertThat(Since.parse("0d", now)).isEmpty();
        assertThat(Since.parse("2026-13-01", now)).isEmpty();
    }

    @Test
    void smallAmountsKeepTwoDigitsThatCount() {
        assertThat(Words.money(Money.ZERO)).isEqualTo("$0.00");
        assertThat(Words.money(new Money(420_000))).isEqualTo("$0.00042");
        assertThat(Words.money(new Money(7))).isEqualTo("$0.000000007");
        assertThat(Words.money(new Money(-1_500_000_000L))).isEqualTo("-$1.50");
        assertThat(Words.money(new Money(1_234_567_890_000L))).isEqualTo("$1,234.57");
    }

    private static List<Entry> sample() {
        return List.of(
                Entries.priced("a", Tier.LOCAL, Money.ZERO, new Money(4_000_000_000L)),
                Entries.priced("b", Tier.LOCAL, null, new Money(4_000_000_000L)),
                Entries.priced(
                        "c", Tier.FRONTIER, new Money(2_000_000_000L), new Money(4_000_000_000L)),
                Entries.gone("d", Outcome.REFUSED));
    }

    private Report report(List<Entry> entries) {
        return ((Made.Done) Report.of(write(entries), Since.ALWAYS)).report();
    }

    private Path write(List<Entry> entries, Feedback... feedback) {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = ((Opened.Ready) Ledger.open(file)).ledger()) {
            entries.forEach(ledger::record);
            Stream.of(feedback).forEach(ledger::feedback);
        }
        return file;
    }

    private static JsonNode json(Report report) {
        return JsonMapper.shared().readTree(report.json());
    }
}
