package dev.tierwise.fakes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A model server on 127.0.0.1 that says what its script says, and fails as it is told to.
///
/// Speaks OpenAI, Ollama and the listings of local servers, see [Kind]. Safe for use by several
/// threads. A changed fault, script or setting holds for the requests that are read after the
/// change. One event loop of its own; closing ends all connections.
public final class FakeUpstream implements AutoCloseable {
    private final Vertx vertx;
    private final Behaviour behaviour = new Behaviour();
    private final Observations observations = new Observations();
    private final Observations looks = new Observations();
    private final Endpoints endpoints;
    private final Control control;
    private final Listener listener;

    private FakeUpstream(Kind kind, int port) {
        var files =
                new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false);
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setWorkerPoolSize(1)
                                .setInternalBlockingPoolSize(1)
                                .setFileSystemOptions(files));
        endpoints = new Endpoints(kind, behaviour);
        control = new Control(this, vertx);
        listener = new Listener(vertx, port, this::answer, observations.connections);
    }

    /// Starts one with the endpoints of OpenAI and of Ollama on a free port.
    public static FakeUpstream start() {
        return start(Kind.ALL);
    }

    /// Starts one of this kind on a free port.
    public static FakeUpstream start(Kind kind) {
        return start(kind, 0);
    }

    /// Starts one of this kind; port 0 takes a free one.
    public static FakeUpstream start(Kind kind, int port) {
        var fake = new FakeUpstream(kind, port);
        try {
            await(fake.listener.open());
        } catch (IllegalStateException portTaken) {
            await(fake.vertx.close());
            throw new IllegalStateException(
                    "127.0.0.1:" + port + " is taken, choose another port or 0", portTaken);
        }
        return fake;
    }

    /// The base address, without a path and without a slash at the end.
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /// The port, the same for the whole life.
    public int port() {
        return listener.port();
    }

    /// Switches to a fault until the next call. [Fault#REFUSE] closes the port before it returns,
    /// any other fault opens it again.
    public void fault(Fault fault) {
        fault(fault, Behaviour.ALWAYS);
    }

    /// Switches to a fault for so many requests, after which all is well. Refused connections
    /// cannot be counted: [Fault#REFUSE] stays until the next call.
    public void fault(Fault fault, long times) {
        await(arm(fault, times));
        if (fault == Fault.REFUSE && !await(this::refuses, Duration.ofSeconds(10))) {
            throw new IllegalStateException("port " + port() + " still takes connections");
        }
    }

    /// The system closes a listening socket only at its selector's next round, after the server
    /// says that it has closed; until then the kernel still takes connections.
    private boolean refuses() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port())) {
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException half) {
            return false;
        }
    }

    /// As [#fault(Fault, long)], without waiting for the port.
    Future<?> arm(Fault fault, long times) {
        behaviour.arm(fault, times);
        return fault == Fault.REFUSE ? listener.shut() : listener.open();
    }

    /// Sets the figures of the faults.
    public void settings(FaultSettings settings) {
        behaviour.settings = settings;
    }

    /// The figures of the faults.
    public FaultSettings settings() {
        return behaviour.settings;
    }

    /// Sets what the model says from now on.
    public void script(Script script) {
        behaviour.script = script;
    }

    /// What the model says.
    public Script script() {
        return behaviour.script;
    }

    /// Lets the model judge: asked whether an answer is good, it says yes where the answer holds
    /// `right`. Null ends that.
    public void judge(@Nullable String right) {
        behaviour.right = right;
    }

    /// Sets the names of the models in the listings. Chat answers under any name.
    public void models(List<String> names) {
        behaviour.models = List.copyOf(names);
    }

    /// Lets the server show and change models as its kind does, from and to `state`. Null ends
    /// that.
    public void runtime(@Nullable RuntimeState state) {
        behaviour.runtime = state;
    }

    /// The requests so far in the order of their last bytes, without those to control endpoints.
    public List<Received> received() {
        return observations.received();
    }

    /// The requests being answered now.
    public int active() {
        return observations.active.get();
    }

    /// The requests whose client left before the end of the answer.
    public int abandoned() {
        return observations.abandoned.get();
    }

    /// The open TCP connections.
    public int openConnections() {
        return observations.connections.get();
    }

    /// The bytes of bodies that have left into the network.
    public long bytesWritten() {
        return observations.bytesWritten.get();
    }

    /// Forgets the requests and sets the totals to zero; fault and script stay.
    public void forget() {
        observations.forget();
    }

    /// Looks every millisecond whether `condition` holds, for at most so long; returns whether it
    /// did. An interrupt ends the wait.
    public static boolean await(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /// Ends all connections and threads.
    @Override
    public void close() {
        await(listener.shut());
        await(vertx.close());
    }

    Behaviour.Armed armed() {
        return behaviour.armed();
    }

    private void answer(HttpServerRequest request) {
        if (request.path().startsWith("/_fake/")) {
            control.answer(request);
            return;
        }
        boolean look = Observations.isLook(request.method().name(), request.path());
        var exchange = new Exchange(request, look ? looks : observations);
        var _ =
                request.body()
                        .onSuccess(body -> {
                            if (!look) {
                                exchange.record(body);
                                enter(request.path(), body, exchange);
                            }
                            new Delivery(vertx, exchange).run(plan(request, body));
                        });
    }

    /// A chat with a model of a runtime that loads on demand.
    private void enter(String path, Buffer body, Exchange exchange) {
        RuntimeState state = behaviour.runtime;
        if (state == null || !path.endsWith("/api/chat")) {
            return;
        }
        Json.read(body.toString())
                .ifPresent(root -> {
                    String asked = root.path("model").asString("");
                    String name = OllamaManagement.named(asked, state);
                    state.enter(name, root.path("options").path("num_ctx").asInt(0));
                    exchange.afterwards(() -> state.leave(name));
                });
    }

    private Plan plan(HttpServerRequest request, Buffer body) {
        String method = request.method().name();
        String path = request.path();
        var runtime = RuntimeEndpoints.of(endpoints.kind(), behaviour);
        String query = request.getParam("model");
        return runtime.flatMap(it -> it.plan(method + " " + path, query == null ? "" : query, body))
                .orElseGet(() -> endpoints.plan(method, path, body));
    }

    private static void await(Future<?> future) {
        try {
            future.await(10, TimeUnit.SECONDS);
        } catch (Exception cause) {
            throw new IllegalStateException("the fake upstream: " + cause.getMessage(), cause);
        }
    }
}
