package dev.tierwise.bench;

import dev.tierwise.bench.load.Kind;
import dev.tierwise.bench.load.Question;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;

/// Asks a target one question at a time until it answers.
final class Probe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PAUSE_MILLIS = 5;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// Waits for the first answer with status 200 and gives the size of its body in bytes.
    ///
    /// @throws IllegalStateException when the process ends or stays silent
    int awaitAnswer(Child child, int port, String model) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && child.alive()) {
            OptionalInt size = ask(port, model);
            if (size.isPresent()) {
                return size.getAsInt();
            }
            pause();
        }
        throw new IllegalStateException(
                child.name() + " gives no answer on port " + port + "; see its log");
    }

    private OptionalInt ask(int port, String model) {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(5))
                        .POST(BodyPublishers.ofString(Question.body(model, Kind.WHOLE)))
                        .build();
        try {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    ? OptionalInt.of(answer.body().length)
                    : OptionalInt.empty();
        } catch (IOException _) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static IllegalStateException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }

    @Override
    public void close() {
        client.close();
    }
}
