package dev.tierwise.call.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A server that has models: its endpoint, its connections and its dialect. Shared by all its
/// models, thread-safe. Redirects are not followed and proxy settings of the environment are not
/// read: what is configured is where the bytes go.
public final class Upstream {
    private final Endpoint endpoint;
    private final Vertx vertx;
    private final int maxConcurrent;

    /// One client an event loop. A pool shared by all would hand out connections of other loops,
    /// and every chunk would change threads on its way.
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();

    private final Talk talk;
    private final RequestOptions chat;
    private final Duration kept;

    /// @param vertx the event loops
    /// @param endpoint where it is
    /// @param maxConcurrent connections at most
    /// @param windows the context windows of its models
    public Upstream(Vertx vertx, Endpoint endpoint, int maxConcurrent, Windows windows) {
        this.endpoint = endpoint;
        this.talk =
                switch (endpoint.api()) {
                    case OPENAI -> new OpenAiTalk(endpoint.streamUsage());
                    case OLLAMA -> new OllamaTalk(endpoint.keepAlive(), windows);
                };
        this.vertx = vertx;
        this.maxConcurrent = maxConcurrent;
        this.chat = options(HttpMethod.POST, talk.path());
        this.kept = endpoint.kept();
    }

    private RequestOptions options(HttpMethod method, String path) {
        boolean ssl = "https".equalsIgnoreCase(endpoint.base().getScheme());
        int port = endpoint.base().getPort();
        String before = endpoint.base().getRawPath() == null ? "" : endpoint.base().getRawPath();
        String base = before.endsWith("/") ? before.substring(0, before.length() - 1) : before;
        var options =
                new RequestOptions()
                        .setMethod(method)
                        .setHost(endpoint.base().getHost())
                        .setPort(port > 0 ? port : ssl ? 443 : 80)
                        .setSsl(ssl)
                        .setFollowRedirects(false)
                        .setURI(base + path)
                        .putHeader("content-type", "application/json")
                        .putHeader("user-agent", "tierwise");
        endpoint.headers().forEach(options::putHeader);
        return options;
    }

    /// A new chat request, once a connection is there. To be called on an event loop.
    Future<HttpClientRequest> request() {
        try {
            return clients.computeIfAbsent(Thread.currentThread(), _ -> client()).request(chat);
        } catch (IllegalStateException _) {
            return again();
        }
    }

    /// The configuration changed and this upstream was closed while a request was on its way to it:
    /// it ends with the configuration that it began with.
    private Future<HttpClientRequest> again() {
        try {
            HttpClient late = client();
            clients.put(Thread.currentThread(), late);
            return late.request(chat);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(closed); // the gateway stops
        }
    }

    private HttpClient client() {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) endpoint.limits().connect().toMillis())
                        .setTcpNoDelay(true)
                        .setKeepAliveTimeout(55)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(maxConcurrent));
    }

    /// The event loops.
    Vertx vertx() {
        return vertx;
    }

    /// The upstream's dialect.
    Talk talk() {
        return talk;
    }

    /// Its limits.
    Endpoint.Limits limits() {
        return endpoint.limits();
    }

    /// How long it keeps a model in memory after an answer; zero where that is not known.
    Duration kept() {
        return kept;
    }

    /// Host and port.
    String host() {
        return endpoint.base().getRawAuthority();
    }

    /// Its name.
    String name() {
        return endpoint.name();
    }

    /// A sentence on what it did.
    String says(String what) {
        return "Upstream `" + endpoint.name() + "` (" + endpoint.base() + "): " + what + ".";
    }

    /// Lets running requests end within `grace` and closes the connections.
    public void close(Duration grace) {
        clients.values()
                .forEach(client -> client.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS));
    }
}
