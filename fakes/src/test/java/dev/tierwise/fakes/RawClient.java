package dev.tierwise.fakes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A client on a bare socket, which sees exactly what is on the wire and leaves when it wants. For
/// one thread.
final class RawClient implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 5_000;

    private final Socket socket;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    /// Sends a POST and reads nothing yet.
    static RawClient post(int port, String path, String body) throws IOException {
        return send(port, "POST", path, body);
    }

    /// Sends a request on a connection of its own and reads nothing yet.
    static RawClient send(int port, String method, String path, String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: fake\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + bytes.length
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        return new RawClient(socket);
    }

    /// Reads until the server closes.
    Answer answer() throws IOException {
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.getInputStream().transferTo(seen);
        return new Answer(seen.toString(StandardCharsets.UTF_8));
    }

    /// Reads until `text` has come.
    Answer answerUntil(String text) throws IOException {
        socket.setSoTimeout(DEADLINE_MILLIS);
        while (!seen.toString(StandardCharsets.UTF_8).contains(text)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed before '" + text + "' came");
            }
            seen.write(next);
        }
        return new Answer(seen.toString(StandardCharsets.UTF_8));
    }

    /// Whether nothing more comes for so long, and the connection stays open.
    boolean silentFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// A response as far as it was seen.
    record Answer(String raw) {
        /// The status, 0 when there is no head.
        int status() {
            return raw.isEmpty() ? 0 : Integer.parseInt(raw.substring(9, 12));
        }

        /// The first value of a header, empty when absent.
        String header(String lowerCaseName) {
            return head().lines()
                    .filter(line -> line.startsWith(lowerCaseName + ": "))
                    .map(line -> line.substring(lowerCaseName.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        /// The body, without the marks of chunked transfer.
        String body() {
            var body = raw.substring(raw.indexOf("\r\n\r\n") + 4);
            if (!isChunked()) {
                return body;
            }
            var text = new StringBuilder();
            for (int at = 0; body.indexOf("\r\n", at) > 0; ) {
                int line = body.indexOf("\r\n", at);
                int length = Integer.parseInt(body.substring(at, line), 16);
                text.append(body, line + 2, Math.min(body.length(), line + 2 + length));
                at = line + 4 + length;
            }
            return text.toString();
        }

        /// Whether the response ended in order.
        boolean isComplete() {
            return isChunked()
                    ? raw.endsWith("\r\n0\r\n\r\n")
                    : header("content-length").equals("" + body().length());
        }

        private boolean isChunked() {
            return header("transfer-encoding").equals("chunked");
        }

        private String head() {
            return raw.substring(0, raw.indexOf("\r\n\r\n"));
        }
    }
}
