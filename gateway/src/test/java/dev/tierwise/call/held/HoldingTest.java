package dev.tierwise.call.held;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.core.reply.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoldingTest {
    private static final Failure CUT = new Failure.Broken("cut", Failure.Fault.CUT);

    private final Script stream = new Script();
    private final Client client = new Client();

    @Test
    void aPrefixIsReleasedAndTheRestPassesThrough() throws Exception {
        Holding holding = Holding.of(stream);
        stream.say("Good ");
        stream.say("morning");
        Thread speaker =
                Thread.ofVirtual()
                        .start(() -> {
                            client.awaitFirst();
                            stream.say(", all.");
                            stream.end(null);
                        });

        Reply prefix = holding.await(7);
        Ending ending = holding.release(client);

        speaker.join();
        assertThat(prefix).isEqualTo(new Reply("Good morning", ""));
        assertThat(client.text()).isEqualTo("Good morning, all.");
        assertThat(ending.failure()).isNull();
        assertThat(ending.held()).isPositive();
        assertThat(holding.sent()).isTrue();
        assertThat(holding.ended()).isFalse();
    }

    @Test
    void aStructuredAnswerIsHeldToItsEnd() throws Exception {
        Holding holding = Holding.of(stream);
        Thread speaker =
                Thread.ofVirtual()
                        .start(() -> {
                            stream.say("{\"a\":");
                            stream.say("1}");
                            stream.end(null);
                        });

        Reply whole = holding.await(Holding.WHOLE);

        speaker.join();
        assertThat(whole.text()).isEqualTo("{\"a\":1}");
        assertThat(holding.ended()).isTrue();
        assertThat(client.bytes()).isEmpty();
        assertThat(holding.release(client).usage()).isEqualTo(Script.SPENT);
        assertThat(client.text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void moreCanBeAwaited() {
        Holding holding = Holding.of(stream);
        stream.say("one");

        Reply first = holding.await(1);
        stream.say(" two");
        Reply second = holding.await(7);

        assertThat(first.text()).isEqualTo("one");
        assertThat(second.text()).isEqualTo("one two");
        holding.discard();
    }

    @Test
    void whatIsDiscardedIsNeverSentAndNoLongerMade() {
        Holding holding = Holding.of(stream);
        stream.say("nonsense");
        holding.await(1);

        Ending ending = holding.discard();
        stream.say(" and more");

        assertThat(stream.dropped).isTrue();
        assertThat(ending.failure()).isNull();
        assertThat(ending.finish()).isEmpty();
        assertThat(ending.usage()).isEqualTo(Script.SPENT);
        assertThat(holding.sent()).isFalse();
    }

    @Test
    void aWholeAnswerThatIsDiscardedTellsWhyItStopped() {
        Holding holding = Holding.of(stream);
        stream.say("nonsense");
        stream.end(null);
        holding.await(Holding.WHOLE);

        Ending ending = holding.discard();

        assertThat(ending.finish()).isEqualTo("stop");
        assertThat(stream.dropped).isFalse();
    }

    @Test
    void aStreamThatBreaksWhileItIsHeldSendsNothing() {
        Holding holding = Holding.of(stream);
        stream.say("half of ");
        stream.end(CUT);

        Reply prefix = holding.await(100);

        assertThat(prefix.text()).isEqualTo("half of ");
        assertThat(holding.failure()).isEqualTo(CUT);
        assertThat(holding.ended()).isFalse();
        assertThat(holding.release(client).failure()).isEqualTo(CUT);
        assertThat(client.bytes()).isEmpty();
        assertThat(holding.sent()).isFalse();
    }

    @Test
    void aStreamThatBreaksBetweenLookAndReleaseSendsNothing() {
        Holding holding = Holding.of(stream);
        stream.say("half of ");
        holding.await(1);
        assertThat(holding.failure()).isNull();
        stream.end(CUT);

        Ending ending = holding.release(client);

        assertThat(ending.failure()).isEqualTo(CUT);
        assertThat(holding.sent()).isFalse();
    }

    @Test
    void aClientThatLeavesEndsTheUpstreamsWork() throws Exception {
        Holding holding = Holding.of(stream);
        var seen = new CompletableFuture<Ending>();
        var flag = new CompletableFuture<Boolean>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            holding.await(100);
                            flag.complete(Thread.currentThread().isInterrupted());
                            seen.complete(holding.discard());
                        });

        thread.interrupt();

        assertThat(seen.get(30, TimeUnit.SECONDS).failure()).isInstanceOf(Failure.Abandoned.class);
        assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.dropped).isTrue();
        assertThat(holding.failure()).isInstanceOf(Failure.Abandoned.class);
    }

    @Test
    void patienceEnds() {
        Holding holding = Holding.of(stream);
        stream.say("slow");

        Reply prefix = holding.await(100, Duration.ofMillis(5));

        assertThat(prefix.text()).isEqualTo("slow");
        assertThat(holding.failure()).isNull();
        holding.discard();
    }

    @Test
    void whatIsTooMuchToKeepWaitsAndIsReleasedWhole() {
        Holding holding = Holding.of(stream);
        String piece = "x".repeat(100_000);
        int said = 0;
        while (stream.say(piece)) {
            said++;
        }
        var resumed = new CountDownLatch(1);
        stream.whenDrained(() -> {
            resumed.countDown();
            stream.end(null);
        });

        holding.await(Holding.WHOLE);
        boolean overflowed = holding.overflowed();
        long before = resumed.getCount();
        Ending ending = holding.release(client);

        assertThat(overflowed).isTrue();
        assertThat(before).isEqualTo(1);
        assertThat(resumed.getCount()).isZero();
        assertThat(ending.failure()).isNull();
        assertThat(client.bytes()).hasSize((said + 1) * event(piece).bytes().length);
    }

    @Test
    void anUpstreamThatWaitsAtItsEndIsReadToIt() {
        Holding holding = Holding.of(stream);
        boolean more = true;
        while (more) {
            more = stream.say("x".repeat(100_000));
        }
        var resumed = new CountDownLatch(1);
        stream.whenDrained(resumed::countDown);
        stream.end(null);
        holding.await(Holding.WHOLE);

        holding.discard();

        assertThat(resumed.getCount()).isZero();
        assertThat(stream.dropped).isFalse();
    }

    @Test
    void aSlowClientSlowsTheUpstreamDownOnceReleased() throws Exception {
        Holding holding = Holding.of(stream);
        stream.say("a");
        holding.await(1);
        Thread released = Thread.ofVirtual().start(() -> holding.release(client));
        client.awaitFirst();
        client.slow = true;

        while (stream.say("b")) {
            Thread.onSpinWait(); // kept, until release has let go of the last event
        }
        stream.whenDrained(() -> {});

        assertThat(client.waiting).isTrue();
        stream.end(null);
        released.join();
    }

    @Test
    void noByteIsLostOrMovedWhenItIsReleasedInMidStream() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var own = new Script();
            var taker = new Client();
            Holding holding = Holding.of(own);
            var expected = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                expected.append(i).append(' ');
            }
            Thread speaker =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 300; i++) {
                                    own.say(i + " ");
                                }
                                own.end(null);
                            });

            Reply prefix = holding.await(random.nextInt(1_000));
            holding.release(taker);

            speaker.join();
            assertThat(taker.text()).isEqualTo(expected.toString());
            assertThat(expected.toString()).startsWith(prefix.text());
        }
    }

    /// A stream that says what the test wants.
    private static final class Script implements AnswerStream {
        static final Usage SPENT = new Usage(3, 0, 4, false);

        private final CompletableFuture<Ending> ending = new CompletableFuture<>();
        private Sink sink = new Client();
        private Runnable whenEnded = () -> {};
        private volatile boolean dropped;

        @Override
        public void start(Sink taker, Runnable ended) {
            sink = taker;
            whenEnded = ended;
        }

        boolean say(String text) {
            return sink.accept(event(text));
        }

        void whenDrained(Runnable resume) {
            sink.whenDrained(resume);
        }

        void end(@Nullable Failure failure) {
            ending.complete(new Ending(failure, SPENT, "stop", Duration.ZERO));
            whenEnded.run();
        }

        @Override
        public Ending end() {
            return ending.join();
        }

        @Override
        public Ending drop() {
            dropped = true;
            return new Ending(null, SPENT, "", Duration.ZERO);
        }
    }

    private static Body event(String text) {
        String escaped = text.replace("\"", "\\\"");
        String data = "data: {\"choices\":[{\"delta\":{\"content\":\"" + escaped + "\"}}]}\n\n";
        return new Body(data.getBytes(StandardCharsets.UTF_8));
    }

    /// A client that keeps what it is sent.
    private static final class Client implements Sink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile boolean slow;
        private volatile boolean waiting;

        @Override
        public synchronized boolean accept(Body event) {
            bytes.writeBytes(event.bytes());
            begun.countDown();
            return !slow;
        }

        @Override
        public void whenDrained(Runnable resume) {
            waiting = true;
        }

        synchronized byte[] bytes() {
            return bytes.toByteArray();
        }

        String text() {
            var heard = new Heard();
            heard.take(new Body(bytes()));
            return heard.text();
        }

        void awaitFirst() {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
