package dev.tierwise.call.http;

import dev.tierwise.call.Fetch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks servers of this machine, for a command that has no time to start a client: a connection for
/// each question, HTTP/1.0, answers of up to a mebibyte. Whatever is not a loopback address is not
/// asked. Blocks; for any thread.
public final class LoopbackFetch implements Fetch {
    private static final int MOST = 1 << 20;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3}) ?.*");
    private static final Pattern HEAD = Pattern.compile("\r?\n\r?\n");

    @Override
    public Reply fetch(Request request) {
        URI uri = request.uri();
        String host = String.valueOf(uri.getHost()).replaceAll("[\\[\\]]", "");
        int patience = Math.clamp(request.timeout().toMillis(), 1, 60_000);
        try (var socket = new Socket()) {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress() || !"http".equals(uri.getScheme())) {
                return new Reply.Unreachable(uri.getAuthority() + " is not this machine");
            }
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            socket.connect(new InetSocketAddress(address, port), patience);
            socket.setSoTimeout(patience);
            socket.getOutputStream().write(question(request));
            return answer(socket.getInputStream(), patience);
        } catch (SocketTimeoutException _) {
            return new Reply.Silent();
        } catch (IOException e) {
            return new Reply.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] question(Request request) {
        URI uri = request.uri();
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var text = new StringBuilder(request.method()).append(' ').append(path);
        if (uri.getRawQuery() != null) {
            text.append('?').append(uri.getRawQuery());
        }
        text.append(" HTTP/1.0\r\nHost: ").append(uri.getAuthority());
        request.headers()
                .forEach((name, value) ->
                        text.append("\r\n").append(name).append(": ").append(value));
        text.append("\r\nConnection: close\r\nContent-Length: ").append(body.length);
        byte[] head = text.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /// Up to the end of the connection; a server that sends drop by drop is not waited for.
    private static Reply answer(InputStream in, int patience) throws IOException {
        long end = System.nanoTime() + patience * 1_000_000L;
        var bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 << 10];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes.write(buffer, 0, n);
            if (bytes.size() > MOST || System.nanoTime() - end > 0) {
                return new Reply.Silent();
            }
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        Matcher status = STATUS.matcher(text.lines().findFirst().orElse(""));
        Matcher head = HEAD.matcher(text);
        return status.matches() && head.find()
                ? new Reply.Answered(Integer.parseInt(status.group(1)), text.substring(head.end()))
                : new Reply.Unreachable("what answers there does not speak HTTP");
    }
}
