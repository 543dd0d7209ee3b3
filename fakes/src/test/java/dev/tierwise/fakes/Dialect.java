package dev.tierwise.fakes;

/// A chat endpoint and the marks of its streams.
enum Dialect {
    OPENAI("/v1/chat/completions", "\"finish_reason\":\"stop\"", "data: [DONE]\n\n"),
    OLLAMA("/api/chat", "\"done_reason\":\"stop\"", "\"done\":true");

    final String path;
    final String finish;
    final String done;

    Dialect(String path, String finish, String done) {
        this.path = path;
        this.finish = finish;
        this.done = done;
    }

    /// A chat request.
    String request(boolean streamed) {
        return """
        {"model": "m", "stream": %b, "messages": [{"role": "user", "content": "hi"}]}\
        """
                .formatted(streamed);
    }
}
