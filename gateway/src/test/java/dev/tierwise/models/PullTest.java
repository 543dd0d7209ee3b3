package dev.tierwise.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Download;
import dev.tierwise.call.http.HttpDownload;
import dev.tierwise.fakes.registry.FakeRegistry;
import dev.tierwise.fakes.registry.Trouble;
import dev.tierwise.fakes.registry.Trouble.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
    private static final byte[] MODEL = TinyFile.of(1 << 20, 1);
    private static final byte[] OTHER = TinyFile.of(1 << 20, 2);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String REPO = "acme/tiny-GGUF";

    @TempDir private Path folder;

    private final FakeRegistry registry = FakeRegistry.start();
    private final HttpDownload download =
            new HttpDownload(
                    new Download.Patience(
                            Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2)),
                    () -> false);
    private final Map<String, String> environment =
            Map.of(
                    "TIERWISE_HF_URL", registry.url().toString(),
                    "TIERWISE_OLLAMA_REGISTRY", registry.url().toString(),
                    "HF_TOKEN", "hf_secret");
    private final List<String> notes = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long free = Long.MAX_VALUE;

    @BeforeEach
    void publish() {
        registry.repository(
                REPO,
                "apache-2.0",
                Map.of(
                        "tiny-Q4_K_M.gguf",
                        MODEL,
                        "tiny-Q8_0.gguf",
                        OTHER,
                        "README.md",
                        new byte[9]));
        registry.model(
                "library/tiny", "1b", MODEL, Map.of("template", "{{ .Prompt }}", "params", "{}"));
        registry.file("/files/small.gguf", MODEL);
    }

    @AfterEach
    void close() {
        registry.close();
        download.close();
    }

    private Store store() {
        return new Store(folder.resolve("models"));
    }

    private Registries registries() {
        return ((Registries.Reading.Good) Registries.of(environment::get, false)).registries();
    }

    private Pulled pull(String text) {
        return pull(text, null);
    }

    private Pulled pull(String text, @Nullable String alias) {
        var name = ((ModelName.Parsed.Good) registries().parse(text, false)).name();
        var around =
                new Pull.Surroundings(
                        download, _ -> free, pauses::add, Clock.fixed(NOW, ZoneOffset.UTC));
        return new Pull(store(), registries(), around).pull(name, alias, progress());
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void at(long bytes, long total) {}

            @Override
            public void note(String what) {
                notes.add(what);
            }
        };
    }

    private static Stored done(Pulled pulled) {
        assertThat(pulled).isInstanceOf(Pulled.Done.class);
        return ((Pulled.Done) pulled).model();
    }

    private static String failed(Pulled pulled) {
        assertThat(pulled).isInstanceOf(Pulled.Failed.class);
        return ((Pulled.Failed) pulled).message();
    }

    private static String missing(Pulled pulled) {
        assertThat(pulled).isInstanceOf(Pulled.Missing.class);
        return ((Pulled.Missing) pulled).message();
    }

    private List<String> ranges() {
        return registry.seen().stream()
                .filter(it -> it.path().startsWith("/delivered") || it.path().startsWith("/files"))
                .map(FakeRegistry.Seen::range)
                .toList();
    }

    private List<String> filesInStore() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRepositoryGivesItsUsualFileWithAllThatIsKnownOfIt() throws IOException {
        Stored model = done(pull(REPO));

        assertThat(model.name()).isEqualTo("hf.co/acme/tiny-GGUF:Q4_K_M");
        assertThat(model.file()).hasBinaryContent(MODEL);
        assertThat(model.bytes()).isEqualTo(MODEL.length);
        assertThat(model.licence()).isEqualTo("apache-2.0");
        assertThat(model.pulledAt()).isEqualTo(NOW);
        assertThat(model.facts()).isEqualTo(new Facts("llama", "Q4_K_M", 1 << 18, 2048, null));
        assertThat(model.source()).startsWith("hf.co/acme/tiny-GGUF/tiny-Q4_K_M.gguf@");
        assertThat(store().list().models()).containsExactly(model);
        assertThat(filesInStore()).containsExactly("lock", "model.gguf", "model.json");
    }

    @Test
    void aQuantisationOrAFileCanBeNamed() {
        assertThat(done(pull("hf.co/acme/tiny-GGUF:q8_0")).file()).hasBinaryContent(OTHER);
        assertThat(done(pull("hf.co/acme/tiny-GGUF/tiny-Q8_0.gguf")).name())
                .isEqualTo("hf.co/acme/tiny-GGUF:Q8_0");
        assertThat(missing(pull("acme/tiny-GGUF:Q3_K_S"))).contains("Q3_K_S", "Q4_K_M", "Q8_0");
    }

    @Test
    void splitFilesAreRefusedWithWhatIsWhole() {
        registry.repository(
                "acme/big-GGUF",
                "mit",
                Map.of(
                        "big-Q4_K_M-00001-of-00002.gguf", MODEL,
                        "big-Q4_K_M-00002-of-00002.gguf", MODEL,
                        "big-Q8_0.gguf", OTHER,
                        "mmproj-big-F16.gguf", MODEL));

        assertThat(failed(pull("acme/big-GGUF:Q4_K_M"))).contains("split", "whole are Q8_0");
        assertThat(done(pull("acme/big-GGUF")).name()).endsWith(":Q8_0");
    }

    @Test
    void ollamasModelKeepsItsTemplateAndParameters() {
        Stored model = done(pull("tiny:1b"));

        assertThat(model.name()).isEqualTo("tiny:1b");
        assertThat(model.file()).hasBinaryContent(MODEL);
        assertThat(model.extras().get("template")).hasContent("{{ .Prompt }}");
        assertThat(model.extras().get("params")).hasContent("{}");
    }

    @Test
    void anAddressIsFetchedAndItsDigestComputed() {
        Stored model = done(pull(registry.url() + "/files/small.gguf?signature=secret"));

        assertThat(model.name()).isEqualTo("small");
        assertThat(model.source()).isEqualTo("127.0.0.1/files/small.gguf");
        assertThat(model.licence()).isEqualTo("mit");
        assertThat(model.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void aFileOfThisMachineIsTakenIn() throws IOException {
        Path file = Files.write(folder.resolve("my model.gguf"), MODEL);

        Stored model = done(pull(file.toString()));

        assertThat(model.name()).isEqualTo("my-model");
        assertThat(model.file()).hasBinaryContent(MODEL);
        assertThat(((Pulled.Done) pull(file.toString())).fetched()).isFalse();
    }

    @Test
    void whatIsHereIsNotFetchedAgain() {
        pull(REPO);
        int before = ranges().size();

        Pulled again = pull(REPO);

        assertThat(again)
                .isInstanceOfSatisfying(
                        Pulled.Done.class, done -> assertThat(done.fetched()).isFalse());
        assertThat(ranges()).hasSize(before);
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItBroke() {
        registry.trouble(Trouble.times(2, Kind.CUT, 300_000));

        Stored model = done(pull(REPO));

        assertThat(model.file()).hasBinaryContent(MODEL);
        assertThat(ranges()).hasSize(3).first().isEqualTo("");
        assertThat(ranges().get(1)).matches("bytes=[1-9]\\d+-");
        assertThat(notes).isNotEmpty();
    }

    @Test
    void aStandstillIsBrokenOffAndTakenUp() {
        registry.trouble(Trouble.times(1, Kind.STALL, 500_000));

        assertThat(done(pull(REPO)).file()).hasBinaryContent(MODEL);
        assertThat(notes).anyMatch(note -> note.contains("nothing came for"));
    }

    @Test
    void aLaterPullGoesOnWithWhatAnEarlierOneLeft() {
        registry.trouble(Trouble.times(1, Kind.CUT, 400_000));
        String first = brokenOff();

        Stored model = done(pull(REPO));

        assertThat(first).contains("are kept");
        assertThat(model.file()).hasBinaryContent(MODEL);
        assertThat(ranges().getLast()).matches("bytes=[1-9]\\d+-");
        assertThat(store().list().unfinished()).isEmpty();
    }

    /// Pulls, gets a part, and then only errors.
    private String brokenOff() {
        var name = ((ModelName.Parsed.Good) registries().parse(REPO, false)).name();
        var around = new Pull.Surroundings(download, _ -> free, _ -> false, Clock.systemUTC());
        return failed(new Pull(store(), registries(), around).pull(name, null, progress()));
    }

    @Test
    void aBrokenOffPullIsListed() {
        registry.trouble(Trouble.times(1, Kind.CUT, 400_000));
        brokenOff();

        Store.Listing listing = store().list();

        assertThat(listing.models()).isEmpty();
        assertThat(listing.unfinished())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.name()).isEqualTo("hf.co/acme/tiny-GGUF:Q4_K_M");
                    assertThat(it.bytes()).isPositive().isLessThan(MODEL.length);
                    assertThat(it.total()).isEqualTo(MODEL.length);
                });
    }

    @Test
    void aServerWithoutRangesIsReadFromTheBeginning() {
        registry.trouble(Trouble.times(1, Kind.CUT, 400_000));
        brokenOff();
        registry.trouble(Trouble.always(Kind.NO_RANGES, 0));

        assertThat(done(pull(REPO)).file()).hasBinaryContent(MODEL);
    }

    @Test
    void anAddressWhoseFileChangedIsReadFromTheBeginning() {
        String address = registry.url() + "/files/small.gguf";
        registry.trouble(Trouble.times(1, Kind.CUT, 400_000));
        var name = ((ModelName.Parsed.Good) registries().parse(address, false)).name();
        var around = new Pull.Surroundings(download, _ -> free, _ -> false, Clock.systemUTC());
        new Pull(store(), registries(), around).pull(name, null, progress());
        registry.file("/files/small.gguf", OTHER);

        Stored model = done(pull(address));

        assertThat(ranges().getLast()).startsWith("bytes=");
        assertThat(model.file()).hasBinaryContent(OTHER);
    }

    @Test
    void aDamagedFileIsFetchedOnceMore() {
        registry.trouble(Trouble.times(1, Kind.CORRUPT, 0));

        assertThat(done(pull(REPO)).file()).hasBinaryContent(MODEL);
        assertThat(notes).anyMatch(note -> note.contains("damaged"));
    }

    @Test
    void aFileThatStaysDamagedIsNotKept() throws IOException {
        registry.trouble(Trouble.always(Kind.CORRUPT, 0));

        assertThat(failed(pull(REPO))).contains("SHA-256", "deleted");
        assertThat(filesInStore()).containsExactly("lock");
    }

    @Test
    void aFullDiskIsSeenBeforeAnythingIsFetched() {
        free = 1000;

        String message = failed(pull(REPO));

        assertThat(message)
                .contains("1.05 MB more are needed", "1.00 kB are free", "./tw models rm");
        assertThat(store().list().unfinished()).allSatisfy(it -> assertThat(it.bytes()).isZero());
    }

    @Test
    void aPageInsteadOfAModelIsRefusedAtItsFirstBytes() {
        registry.file(
                "/files/small.gguf",
                "<!doctype html>".repeat(9_000).getBytes(StandardCharsets.UTF_8));

        assertThat(failed(pull(registry.url() + "/files/small.gguf"))).contains("no GGUF file");
    }

    @Test
    void aBusyServerIsAskedAgainAndAnAbsentFileIsNot() {
        registry.trouble(Trouble.times(2, Kind.STATUS, 503));
        assertThat(done(pull(REPO)).bytes()).isEqualTo(MODEL.length);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));

        assertThat(missing(pull("acme/none-GGUF"))).contains("no repository hf.co/acme/none-GGUF");
        assertThat(missing(pull("nothing:1b"))).contains("nothing:1b");
        assertThat(missing(pull(registry.url() + "/files/none.gguf"))).contains("no such file");
        assertThat(missing(pull("./none.gguf"))).contains("there is no file");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aDeadServerIsGivenUpAfterSomeTries() {
        registry.trouble(Trouble.always(Kind.STATUS, 500));

        assertThat(failed(pull(REPO))).contains("answered 500");
        assertThat(pauses).hasSize(4);
    }

    @Test
    void offlineSaysWhatToDoAndAModelThatIsHereWillDo() {
        pull(REPO);
        registry.close();

        assertThat(failed(pull("acme/other-GGUF")))
                .contains("cannot be reached", "proxy", "./tw pull ./FILE.gguf")
                .doesNotContain("Exception");
        assertThat(done(pull(REPO)).name()).endsWith("Q4_K_M");
    }

    @Test
    void theTokenGoesToItsHostOnlyAndIsNotKept() throws IOException {
        try (var elsewhere = FakeRegistry.start()) {
            elsewhere.file("/x.gguf", MODEL);
            String commit = commitOf(REPO);
            registry.moved(
                    "/" + REPO + "/resolve/" + commit + "/tiny-Q4_K_M.gguf",
                    elsewhere.url() + "/x.gguf");

            Stored model = done(pull(REPO));

            assertThat(registry.seen())
                    .allSatisfy(it -> assertThat(it.authorization()).isEqualTo("Bearer hf_secret"));
            assertThat(elsewhere.seen())
                    .hasSize(1)
                    .allSatisfy(it -> assertThat(it.authorization()).isEmpty());
            assertThat(Files.readString(model.file().resolveSibling("model.json")))
                    .doesNotContain("hf_secret");
            assertThat(registries().toString()).doesNotContain("hf_secret");
        }
    }

    private static String commitOf(String repo) {
        byte[] digest = Store.sha256().digest(repo.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, 40);
    }

    @Test
    void twoPullsOfOneModelDoNotMeet() throws InterruptedException {
        registry.trouble(Trouble.always(Kind.SLOW, 0));
        var begun = new CountDownLatch(1);
        var first = new ArrayList<Pulled>();
        var around = new Pull.Surroundings(download, _ -> free, _ -> true, Clock.systemUTC());
        var name = ((ModelName.Parsed.Good) registries().parse(REPO, false)).name();
        Thread other =
                Thread.ofVirtual()
                        .start(() ->
                                first.add(
                                        new Pull(store(), registries(), around)
                                                .pull(name, null, onceBegun(begun))));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        String message = failed(pull(REPO));

        assertThat(message).contains("another process is pulling hf.co/acme/tiny-GGUF:Q4_K_M");
        registry.trouble(Trouble.NONE);
        other.join();
        assertThat(first).singleElement().isInstanceOf(Pulled.Done.class);
    }

    private static Progress onceBegun(CountDownLatch latch) {
        return new Progress() {
            @Override
            public void at(long bytes, long total) {
                latch.countDown();
            }

            @Override
            public void note(String what) {}
        };
    }

    @Test
    void filesOfOneNameDoNotReplaceEachOther() {
        registry.file("/elsewhere/small.gguf", OTHER);
        pull(registry.url() + "/files/small.gguf");

        assertThat(failed(pull(registry.url() + "/elsewhere/small.gguf"))).contains("--name");
        assertThat(done(pull(registry.url() + "/elsewhere/small.gguf", "second")).name())
                .isEqualTo("second");
    }

    @Test
    void aFileThatTheEngineCannotReadIsKeptWithTheReason() {
        byte[] odd = MODEL.clone();
        odd[4] = 9;
        registry.file("/files/odd.gguf", odd);

        Stored model = done(pull(registry.url() + "/files/odd.gguf"));

        assertThat(model.facts().architecture()).isNull();
        assertThat(model.facts().trouble()).contains("version 9");
    }
}
