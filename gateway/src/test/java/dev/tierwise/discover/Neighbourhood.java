package dev.tierwise.discover;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tierwise.call.Fetch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// Real HTTP servers on free ports that stand in for the servers on the well-known ones: a fetch of
/// `127.0.0.1:11434` goes to the server that was put there, and to a closed port when none was.
final class Neighbourhood implements Fetch, AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, HttpServer> servers = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int closedPort;

    Neighbourhood() throws IOException {
        HttpServer nobody = HttpServer.create(address(), 0);
        closedPort = nobody.getAddress().getPort();
        nobody.start();
        nobody.stop(0);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /// The pages of one server.
    final class Pages {
        private final Map<String, String> bodies = new ConcurrentHashMap<>();

        /// Answers 200 with `body` at `path`, or never when `body` is `hang`; a `path` with a
        /// request's body after a blank goes before one without.
        Pages page(String path, String body) {
            bodies.put(path, body);
            return this;
        }

        private void answer(HttpExchange exchange) throws IOException {
            String question =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path + " " + question);
            String body = bodies.getOrDefault(path + " " + question, bodies.get(path));
            if ("hang".equals(body)) {
                hang();
            }
            byte[] bytes = (body == null ? "not here" : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }

        private void hang() {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Puts a server at an address such as `127.0.0.1:11434`.
    Pages at(String authority) throws IOException {
        HttpServer server = HttpServer.create(address(), 0);
        Pages pages = new Pages();
        server.createContext("/", pages::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        servers.put(authority, server);
        return pages;
    }

    /// Every request so far: method, path, body.
    List<String> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public Reply fetch(Request request) {
        HttpServer server = servers.get(request.uri().getAuthority());
        int port = server == null ? closedPort : server.getAddress().getPort();
        URI uri = URI.create("http://127.0.0.1:" + port + request.uri().getRawPath());
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri)
                        .timeout(request.timeout())
                        .method(
                                request.method(),
                                HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        try {
            HttpResponse<String> response =
                    client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply.Answered(response.statusCode(), response.body());
        } catch (HttpTimeoutException late) {
            return new Reply.Silent();
        } catch (ConnectException refused) {
            return new Reply.Unreachable("connection refused");
        } catch (IOException broken) {
            return new Reply.Unreachable("broken");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reply.Silent();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        servers.values().forEach(server -> server.stop(0));
        client.close();
    }
}
