package dev.tierwise.call.http;

import dev.tierwise.call.Download;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Downloads with the JDK's client: it is asked for one piece at a time, so a slow disk slows the
/// server down and memory stays bounded. Proxies are those of the JVM (`-Dhttps.proxyHost=…`).
public final class HttpDownload implements Download, AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_ADDRESS = 8 << 10;
    private static final Pattern RANGE =
            Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    /// What suits the large hosts.
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final HttpClient client;
    private final Patience patience;
    private final BooleanSupplier homebound;

    /// @param patience how long servers may take
    /// @param homebound whether nothing may be fetched from other machines now
    public HttpDownload(Patience patience, BooleanSupplier homebound) {
        this(patience, homebound, HttpClient.newBuilder());
    }

    /// As above, with a client that may trust others than the system does.
    HttpDownload(Patience patience, BooleanSupplier homebound, HttpClient.Builder client) {
        this.patience = patience;
        this.homebound = homebound;
        this.client =
                client.version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(patience.connect())
                        .build();
    }

    @Override
    public Ended download(Order order, Receiver receiver) {
        URI uri = order.uri();
        String linkedTag = null;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var sent = new Sent(order, uri, linkedTag);
            switch (send(sent, receiver)) {
                case Step.Done(Ended ended) -> {
                    return ended;
                }
                case Step.Elsewhere(URI next, String tag) -> {
                    uri = next;
                    linkedTag = tag == null ? linkedTag : tag;
                }
            }
        }
        return new Ended.Forbidden(order.uri().getHost() + " redirects in circles");
    }

    private record Sent(Order order, URI uri, @Nullable String linkedTag) {
        /// Credentials are for the host that they were meant for.
        boolean atHome() {
            return uri.getScheme().equals(order.uri().getScheme())
                    && uri.getRawAuthority().equals(order.uri().getRawAuthority());
        }
    }

    private sealed interface Step {
        record Done(Ended ended) implements Step {}

        record Elsewhere(URI uri, @Nullable String linkedTag) implements Step {}
    }

    private Step send(Sent sent, Receiver receiver) {
        String host = sent.uri().getHost();
        if (!Homebound.isHere(host) && homebound.getAsBoolean()) {
            return done(new Ended.Forbidden(Homebound.WORDS));
        }
        try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                    client.send(request(sent), HttpResponse.BodyHandlers.ofPublisher());
            try (var pieces = new Pieces(patience.idle())) {
                response.body().subscribe(pieces);
                return answered(sent, response, pieces, receiver);
            }
        } catch (HttpConnectTimeoutException _) {
            return unreachable(host, "it does not accept a connection in time");
        } catch (HttpTimeoutException _) {
            return cut("the server does not begin to answer in time");
        } catch (ConnectException refused) {
            return unreachable(
                    host,
                    isOfName(refused) ? "its name is unknown here" : "it refuses the connection");
        } catch (SSLException untrusted) {
            return done(new Ended.Forbidden(host + " cannot prove who it is: " + said(untrusted)));
        } catch (IOException broken) {
            return cut("the connection broke: " + said(broken));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return cut("interrupted");
        }
    }

    private static boolean isOfName(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private HttpRequest request(Sent sent) {
        var request =
                HttpRequest.newBuilder(sent.uri())
                        .timeout(patience.head())
                        .setHeader("user-agent", "tierwise")
                        .setHeader("accept-encoding", "identity");
        sent.order()
                .headers()
                .forEach((name, value) -> {
                    if (sent.atHome() || !name.equalsIgnoreCase("authorization")) {
                        request.setHeader(name, value);
                    }
                });
        if (sent.order().from() > 0) {
            request.setHeader("range", "bytes=" + sent.order().from() + "-");
            if (sent.order().validator() != null) {
                request.setHeader("if-range", sent.order().validator());
            }
        }
        return request.build();
    }

    private static Step answered(
            Sent sent, HttpResponse<?> response, Pieces pieces, Receiver receiver)
            throws InterruptedException {
        int status = response.statusCode();
        HttpHeaders headers = response.headers();
        if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) {
            return redirect(sent, headers);
        }
        if (status != 200 && status != 206) {
            String wait = headers.firstValue("retry-after").orElse("");
            return done(new Ended.Refused(status, Refusal.retryAfter(wait, Instant.now())));
        }
        if (!headers.firstValue("content-encoding").orElse("identity").equals("identity")) {
            return done(new Ended.Forbidden("the server packs the file, which was not asked for"));
        }
        Head head = head(status, headers, sent.linkedTag());
        if (head == null || (head.from() > 0 && head.from() != sent.order().from())) {
            return done(new Ended.Forbidden("the server sent another part than was asked for"));
        }
        if (!receiver.begin(head)) {
            return done(new Ended.Stopped());
        }
        return done(pieces.handTo(receiver));
    }

    private static Step redirect(Sent sent, HttpHeaders headers) {
        String location = headers.firstValue("location").orElse("");
        String from = sent.uri().getHost();
        if (location.isEmpty() || location.length() > LONGEST_ADDRESS) {
            return done(new Ended.Forbidden(from + " redirects without a usable address"));
        }
        try {
            URI next = sent.uri().resolve(location);
            String scheme =
                    next.getScheme() == null ? "" : next.getScheme().toLowerCase(Locale.ROOT);
            if (next.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
                return done(new Ended.Forbidden(from + " redirects to no web address"));
            }
            if (scheme.equals("http") && sent.uri().getScheme().equals("https")) {
                return done(
                        new Ended.Forbidden(
                                from
                                        + " redirects from https to http ("
                                        + next.getHost()
                                        + "), where anybody on the way could change the file"));
            }
            return new Step.Elsewhere(next, headers.firstValue("x-linked-etag").orElse(null));
        } catch (IllegalArgumentException _) {
            return done(new Ended.Forbidden(from + " redirects without a usable address"));
        }
    }

    /// What the headers say; null when they contradict themselves.
    private static @Nullable Head head(
            int status, HttpHeaders headers, @Nullable String linkedTag) {
        String tag = headers.firstValue("x-linked-etag").orElse(linkedTag);
        // a weak tag does not promise equal bytes
        String validator =
                headers.firstValue("etag")
                        .filter(it -> !it.startsWith("W/"))
                        .or(() -> headers.firstValue("last-modified"))
                        .orElse(null);
        if (status == 200) {
            long length = headers.firstValueAsLong("content-length").orElse(-1);
            return new Head(0, length, validator, tag);
        }
        Matcher range = RANGE.matcher(headers.firstValue("content-range").orElse(""));
        if (!range.matches()) {
            return null;
        }
        long total = range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
        return new Head(Long.parseLong(range.group(1)), total, validator, tag);
    }

    private static Step unreachable(String host, String why) {
        return done(new Ended.Unreachable(host, why));
    }

    private static Step cut(String why) {
        return done(new Ended.Cut(why));
    }

    private static Step done(Ended ended) {
        return new Step.Done(ended);
    }

    /// Ends what is under way.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
