package dev.tierwise.call.http;

import dev.tierwise.call.Fetch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Asks servers of this machine with the JDK's small client, for a command that has no time to
/// start the large one: a connection for each question, answers of up to a mebibyte. Whatever is
/// not a loopback address is not asked. Blocks; for any thread.
public final class LoopbackFetch implements Fetch {
    private static final int MOST = 1 << 20;

    @Override
    public Reply fetch(Request request) {
        URI uri = request.uri();
        if (!Homebound.isHere(uri.getHost()) || !"http".equals(uri.getScheme())) {
            return new Reply.Unreachable(uri.getAuthority() + " is not this machine");
        }
        int patience = Math.clamp(request.timeout().toMillis(), 1, 60_000);
        long end = System.nanoTime() + patience * 1_000_000L;
        HttpURLConnection http = null;
        try {
            http = open(request, patience);
            int status = http.getResponseCode();
            if (status < 0) {
                return new Reply.Unreachable("what answers there does not speak HTTP");
            }
            return answered(status, http, end);
        } catch (SocketTimeoutException _) {
            return new Reply.Silent();
        } catch (IOException e) {
            return new Reply.Unreachable(String.valueOf(e.getMessage()));
        } finally {
            if (http != null) {
                http.disconnect();
            }
        }
    }

    private static HttpURLConnection open(Request request, int patience) throws IOException {
        var http = (HttpURLConnection) request.uri().toURL().openConnection(Proxy.NO_PROXY);
        http.setConnectTimeout(patience);
        http.setReadTimeout(patience);
        http.setInstanceFollowRedirects(false);
        http.setUseCaches(false);
        http.setRequestMethod(request.method());
        request.headers().forEach(http::setRequestProperty);
        http.setRequestProperty("connection", "close");
        if (!request.body().isEmpty()) {
            http.setDoOutput(true);
            try (OutputStream out = http.getOutputStream()) {
                out.write(request.body().getBytes(StandardCharsets.UTF_8));
            }
        }
        return http;
    }

    /// A server that sends drop by drop is not waited for.
    private static Reply answered(int status, HttpURLConnection http, long end) throws IOException {
        try (InputStream in = status < 400 ? http.getInputStream() : http.getErrorStream()) {
            if (in == null) {
                return new Reply.Answered(status, "");
            }
            byte[] all = new byte[MOST];
            int length = 0;
            for (int n = 0; n >= 0 && length < MOST; n = in.read(all, length, MOST - length)) {
                length += n;
                if (System.nanoTime() - end > 0) {
                    return new Reply.Silent();
                }
            }
            return new Reply.Answered(status, new String(all, 0, length, StandardCharsets.UTF_8));
        }
    }
}
