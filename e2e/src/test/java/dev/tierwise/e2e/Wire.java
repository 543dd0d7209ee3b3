package dev.tierwise.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 connection that shows every byte. The JDK's own client throws away what it holds
/// when a connection breaks, which is the very thing that has to be seen. For one thread.
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(URI server) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new Wire(socket);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Status and headers of an answer, the names of the headers in lower case.
    record Head(int status, Map<String, String> headers) {}

    /// Reads a head; status 0 where the connection ends before.
    Head head() throws IOException {
        String status = line();
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(status.isEmpty() ? 0 : Integer.parseInt(status.substring(9, 12)), headers);
    }

    /// A body as far as it came.
    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    record Body(byte[] bytes, Map<String, String> trailers, boolean broken) {}

    Body body(Head head) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var trailers = new TreeMap<String, String>();
        boolean whole;
        if (head.headers().containsKey("transfer-encoding")) {
            whole = chunks(bytes, trailers);
        } else {
            int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
            whole = copy(length, bytes);
        }
        return new Body(bytes.toByteArray(), trailers, !whole);
    }

    private boolean chunks(ByteArrayOutputStream bytes, Map<String, String> trailers)
            throws IOException {
        while (true) {
            String size = line();
            if (size.isEmpty()) {
                return false;
            }
            int length = Integer.parseInt(size.strip(), 16);
            if (length == 0) {
                for (String line = line(); !line.isEmpty(); line = line()) {
                    int colon = line.indexOf(':');
                    trailers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
                return true;
            }
            if (!copy(length, bytes) || !line().isEmpty()) {
                return false;
            }
        }
    }

    private boolean copy(int length, ByteArrayOutputStream bytes) throws IOException {
        byte[] piece = in.readNBytes(length);
        bytes.writeBytes(piece);
        return piece.length == length;
    }

    /// Reads so many bytes; fewer where the connection ends.
    byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    /// Reads a line without its end; empty at the end of the connection.
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
