package dev.tierwise.call.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.engine.run.Engine;
import dev.tierwise.fakes.model.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentsTest {
    private static final Engine.Settings SETTINGS = new Engine.Settings(1, 1, 1024, 8);
    private static final long PLENTY = 1L << 40;

    @TempDir private Path folder;

    private final List<Residents> opened = new ArrayList<>();
    private Path first = Path.of("");
    private Path second = Path.of("");
    private Path third = Path.of("");

    @BeforeEach
    void writeModels() {
        first = TinyModel.usual().write(folder.resolve("first.gguf"));
        second = TinyModel.usual().withSeed(2).write(folder.resolve("second.gguf"));
        third = TinyModel.usual().withSeed(3).write(folder.resolve("third.gguf"));
    }

    @AfterEach
    void close() {
        opened.forEach(Residents::close);
    }

    @Test
    void aModelIsLoadedWhenItIsFirstAsked() {
        Residents residents = residents(PLENTY);

        Lease lease = lend(residents, first);

        assertThat(lease.engine.vocabulary()).isEqualTo(259);
        assertThat(residents.seen())
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.file()).isEqualTo(first);
                    assertThat(seen.bytes()).isEqualTo(bytes(lease.engine));
                    assertThat(seen.requests()).isEqualTo(1);
                    assertThat(seen.settings()).isEqualTo(SETTINGS);
                });
    }

    @Test
    void aModelThatIsGivenBackStaysInMemory() {
        Residents residents = residents(PLENTY);
        Lease lease = lend(residents, first);

        lease.release.run();

        assertThat(residents.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.requests()).isZero());
        assertThat(lend(residents, first).engine).isSameAs(lease.engine);
    }

    @Test
    void oneFileIsOneEngineHoweverManyAskAtOnce() throws Exception {
        Residents residents = residents(PLENTY);
        Callable<Engine> ask = () -> lend(residents, first).engine;

        var engines = new ArrayList<Engine>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Engine> asked : threads.invokeAll(List.of(ask, ask, ask, ask))) {
                engines.add(asked.get());
            }
        }

        assertThat(engines).hasSize(4).containsOnly(engines.getFirst());
        assertThat(residents.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.requests()).isEqualTo(4));
    }

    @Test
    void theOneNotUsedForLongestMakesRoom() {
        Residents residents = residents(roomFor(2));
        lend(residents, first).release.run();
        lend(residents, second).release.run();
        lend(residents, first).release.run();

        lend(residents, third);

        assertThat(files(residents)).containsExactly(first, third);
    }

    @Test
    void useEndsWhenAModelIsGivenBack() {
        Residents residents = residents(roomFor(2));
        Lease long_ = lend(residents, first);
        lend(residents, second).release.run();
        long_.release.run();

        lend(residents, third);

        assertThat(files(residents)).containsExactly(first, third);
    }

    @Test
    void aModelThatAnswersNeverMakesRoom() {
        Residents residents = residents(roomFor(2));
        lend(residents, first);
        lend(residents, second).release.run();

        lend(residents, third);

        assertThat(files(residents)).containsExactly(first, third);
    }

    @Test
    void whereAllAnswerNothingIsLoaded() {
        Residents residents = residents(roomFor(2));
        lend(residents, first);
        Lease busy = lend(residents, second);

        String refusal = refused(residents, third);

        assertThat(refusal)
                .contains("third.gguf needs ")
                .contains("the rest is taken by models that answer now")
                .contains("take a smaller model");
        assertThat(files(residents)).containsExactly(first, second);
        busy.release.run();
        lend(residents, third);
        assertThat(files(residents)).containsExactly(first, third);
    }

    @Test
    void aModelThatNeverFitsDrivesNoOtherOut() {
        Residents residents = residents(roomFor(1));
        lend(residents, first).release.run();

        String refusal = refused(residents, sparse("large.gguf", 1L << 30));

        assertThat(refusal).contains("large.gguf needs 1024 MiB of memory");
        assertThat(files(residents)).containsExactly(first);
    }

    @Test
    void keysAndValuesCount() {
        Residents residents = residents(roomFor(1));
        var many = new Engine.Settings(1, 8, 1024, 8);

        Residents.Asked asked = residents.lend(first, many);

        assertThat(asked).isInstanceOf(Residents.Asked.Refused.class);
        assertThat(residents.seen()).isEmpty();
    }

    @Test
    void aTruncatedFileIsRefusedAndTakesNoMemory() throws IOException {
        byte[] whole = Files.readAllBytes(first);
        Path half = folder.resolve("half.gguf");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        Residents residents = residents(roomFor(1));

        String refusal = refused(residents, half);

        assertThat(refusal).contains("half.gguf");
        assertThat(residents.seen()).isEmpty();
        assertThat(lend(residents, first).engine.vocabulary()).isEqualTo(259);
    }

    @Test
    void aFileThatIsGoneIsSaidToBe() {
        Residents residents = residents(PLENTY);

        String refusal = refused(residents, folder.resolve("gone.gguf"));

        assertThat(refusal).contains("gone.gguf is gone").contains("./tw models ls");
    }

    @Test
    void aModelThatAnswersIsNotUnloaded() {
        Residents residents = residents(PLENTY);
        lend(residents, first);
        Lease second = lend(residents, first);

        String kept = residents.unload(first);

        assertThat(kept).contains("2 requests use it now");
        second.release.run();
        assertThat(residents.unload(first)).contains("1 requests use it now");
        assertThat(files(residents)).containsExactly(first);
    }

    @Test
    void anIdleModelIsUnloadedAndItsRoomIsFree() {
        Residents residents = residents(roomFor(1));
        lend(residents, first).release.run();

        String kept = residents.unload(first);

        assertThat(kept).isNull();
        assertThat(residents.seen()).isEmpty();
        lend(residents, second);
        assertThat(files(residents)).containsExactly(second);
    }

    @Test
    void whatIsNotInMemoryNeedsNoUnloading() {
        Residents residents = residents(PLENTY);

        assertThat(residents.unload(first)).isNull();
    }

    @Test
    void nothingIsLoadedAfterTheEnd() {
        Residents residents = residents(PLENTY);
        lend(residents, first).release.run();

        residents.close();

        assertThat(residents.seen()).isEmpty();
        assertThat(refused(residents, first)).contains("about to stop");
    }

    /// A model that was lent.
    private record Lease(Engine engine, Runnable release) {}

    private static Lease lend(Residents residents, Path file) {
        return switch (residents.lend(file, SETTINGS)) {
            case Residents.Asked.Lent(Engine engine, Runnable release) ->
                    new Lease(engine, release);
            case Residents.Asked.Refused(String message) -> throw new AssertionError(message);
        };
    }

    private static String refused(Residents residents, Path file) {
        return switch (residents.lend(file, SETTINGS)) {
            case Residents.Asked.Lent _ -> throw new AssertionError(file + " was lent");
            case Residents.Asked.Refused(String message) -> message;
        };
    }

    private Residents residents(long budget) {
        var residents = new Residents(budget, new Ticking());
        opened.add(residents);
        return residents;
    }

    /// The memory that so many of the models take, and a little more.
    private long roomFor(int models) {
        try (var scale = new Residents(PLENTY, new Ticking())) {
            long one = bytes(lend(scale, first).engine);
            return one * models + one / 2;
        }
    }

    private static long bytes(Engine engine) {
        return engine.status().weightBytes() + engine.status().cacheBytes();
    }

    private static List<Path> files(Residents residents) {
        return residents.seen().stream().map(Residents.Seen::file).toList();
    }

    /// A large file that takes no room on the disk.
    private Path sparse(String name, long bytes) {
        Path file = folder.resolve(name);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A clock that goes on by a second each time it is looked at.
    private static final class Ticking extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public synchronized Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
