package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes a chat request for an upstream of the same dialect: the bytes that came, with `model`
/// exchanged and, where wished, the token counts of a stream asked for. No other byte changes.
public final class ChatWriter {
    private static final byte[] ASK_USAGE = utf8("\"include_usage\":true");
    private static final byte[] ASK_OPTIONS = utf8("\"stream_options\":{\"include_usage\":true}");

    private ChatWriter() {}

    /// The body to send.
    ///
    /// @param prompt what the client sent
    /// @param model the name that the upstream knows the model by
    /// @param askUsage whether to ask for token counts at the end of a stream
    public static Body write(Prompt prompt, String model, boolean askUsage) {
        byte[] in = prompt.body().bytes();
        var out = new ByteArrayOutputStream(in.length + 64);
        Optional<Body.Span> modelAt = prompt.body().field("model");
        Optional<Body.Span> optionsAt = prompt.body().field("stream_options");
        boolean ask = askUsage && prompt.stream() && !prompt.usageInStream();
        int copied = openObject(in, out);
        if (modelAt.isEmpty()) {
            out.writeBytes(utf8("\"model\":"));
            out.writeBytes(quoted(model));
            out.write(',');
        }
        if (ask && optionsAt.isEmpty()) {
            out.writeBytes(ASK_OPTIONS);
            out.write(',');
        }
        var edits = new Edits(in, out, copied);
        boolean optionsFirst =
                modelAt.isPresent()
                        && optionsAt.isPresent()
                        && optionsAt.get().start() < modelAt.get().start();
        if (optionsFirst) {
            edits.askUsage(ask, optionsAt);
        }
        modelAt.ifPresent(span -> edits.replace(span, quoted(model)));
        if (!optionsFirst) {
            edits.askUsage(ask, optionsAt);
        }
        edits.finish();
        return new Body(out.toByteArray());
    }

    /// Copies up to and including the opening brace.
    private static int openObject(byte[] in, ByteArrayOutputStream out) {
        int at = 0;
        while (in[at] != '{') {
            at++;
        }
        out.write(in, 0, at + 1);
        return at + 1;
    }

    private static byte[] quoted(String text) {
        byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] quoted = new byte[escaped.length + 2];
        quoted[0] = '"';
        System.arraycopy(escaped, 0, quoted, 1, escaped.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Copies bytes from front to back with a few places exchanged.
    private static final class Edits {
        private final byte[] in;
        private final ByteArrayOutputStream out;
        private int copied;

        Edits(byte[] in, ByteArrayOutputStream out, int copied) {
            this.in = in;
            this.out = out;
            this.copied = copied;
        }

        void replace(Body.Span span, byte[] value) {
            out.write(in, copied, span.start() - copied);
            out.writeBytes(value);
            copied = span.end();
        }

        /// Asks for usage inside options that the client sent, unless it spoke of usage itself.
        void askUsage(boolean ask, Optional<Body.Span> options) {
            if (!ask || options.isEmpty() || in[options.get().start()] != '{') {
                return;
            }
            Body.Span span = options.get();
            String text =
                    new String(in, span.start(), span.end() - span.start(), StandardCharsets.UTF_8);
            if (text.contains("include_usage")) {
                return;
            }
            boolean empty = text.substring(1, text.length() - 1).isBlank();
            out.write(in, copied, span.start() + 1 - copied);
            out.writeBytes(ASK_USAGE);
            if (!empty) {
                out.write(',');
            }
            copied = span.start() + 1;
        }

        void finish() {
            out.write(in, copied, in.length - copied);
        }
    }
}
