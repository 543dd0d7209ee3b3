package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A gateway that dies under load keeps what it had answered.
final class CrashTest {
    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(1);
    private static final Duration LOAD = Duration.ofSeconds(3);

    @Test
    void killedUnderLoadLosesNothingOlderThanASecond() throws InterruptedException {
        try (FakeUpstream fake = FakeUpstream.start()) {
            String yaml =
                    Yaml.of("server: {log-requests: false}\n")
                            .upstream("plain", "vllm", fake.url(), "retries: 0")
                            .model("openai", "plain", "local")
                            .text();
            GatewayProcess gateway = GatewayProcess.start(yaml);
            try (Home home = gateway.home()) {
                Map<String, Long> answered = new ConcurrentHashMap<>();
                long killed = killUnderLoad(gateway, answered);

                assertThat(gateway.ledger().integrity()).isEqualTo("ok");
                var old = new ArrayList<String>();
                answered.forEach((id, at) -> {
                    if (killed - at > ACKNOWLEDGED.toNanos()) {
                        old.add(id);
                    }
                });
                assertThat(old).hasSizeGreaterThan(50);
                assertThat(gateway.ledger().ids()).containsAll(old);
                assertThat(home.run("report", "--json").code()).isZero();
            }
        }
    }

    /// Lets four clients ask for some seconds and kills the gateway in the middle of it.
    ///
    /// @param answered gets the id of each answered request and when the answer was here
    /// @return when the gateway was killed
    private static long killUnderLoad(GatewayProcess gateway, Map<String, Long> answered)
            throws InterruptedException {
        var going = new AtomicBoolean(true);
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            boolean stream = i % 2 == 0;
            clients.add(Thread.ofVirtual().start(() -> load(gateway, stream, going, answered)));
        }
        try {
            assertThat(FakeUpstream.await(() -> !clients.stream().allMatch(Thread::isAlive), LOAD))
                    .as("a client has stopped")
                    .isFalse();
            long killed = System.nanoTime();
            gateway.kill();
            return killed;
        } finally {
            going.set(false);
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    private static void load(
            GatewayProcess gateway,
            boolean stream,
            AtomicBoolean going,
            Map<String, Long> answered) {
        var chat = new Chat(gateway.url());
        while (going.get()) {
            try {
                Chat.Seen seen = chat.ask(Chat.body("openai", stream));
                if (seen.status() == 200 && !seen.broken()) {
                    answered.put(seen.header("x-tierwise-request-id"), System.nanoTime());
                }
            } catch (UncheckedIOException _) {
                return; // the gateway is dead
            }
        }
    }
}
