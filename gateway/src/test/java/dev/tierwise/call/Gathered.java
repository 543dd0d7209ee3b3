package dev.tierwise.call;

import dev.tierwise.core.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that keeps what it is sent. Thread-safe.
public final class Gathered implements Sink {
    private final List<String> data = new ArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public synchronized boolean accept(Body event) {
        new String(event.bytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .forEach(data::add);
        begun.countDown();
        return true;
    }

    @Override
    public void whenDrained(Runnable resume) {
        resume.run();
    }

    /// Waits for the first event.
    public void awaitFirst() throws InterruptedException {
        begun.await();
    }

    /// The data of each event.
    public synchronized List<String> data() {
        return List.copyOf(data);
    }

    /// The events but the one that marks the end.
    public List<JsonNode> chunks() {
        return data().stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    /// All the words.
    public String text() {
        var text = new StringBuilder();
        for (JsonNode chunk : chunks()) {
            text.append(chunk.at("/choices/0/delta/content").asString(""));
        }
        return text.toString();
    }
}
