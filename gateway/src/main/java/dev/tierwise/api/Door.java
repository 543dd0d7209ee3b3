package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.flow.Request;
import dev.tierwise.guard.Asking;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.anthropic.MessagesReader;
import dev.tierwise.wire.openai.ChatReader;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Lets requests in: route, key, limits, reading; then the flow has them. On the event loop;
/// whatever may take longer than microseconds goes to a virtual thread.
final class Door {
    private static final Body ALIVE = json("alive", true);

    private final Context loop;
    private final Patience patience;
    private final Supplier<DoorRules> rules;
    private final Services services;
    private final Room room;
    private final long created = Instant.now().getEpochSecond();

    Door(Context loop, Patience patience, Supplier<DoorRules> rules, Services services, Room room) {
        this.loop = loop;
        this.patience = patience;
        this.rules = rules;
        this.services = services;
        this.room = room;
    }

    void take(HttpServerRequest request) {
        DoorRules now = rules.get();
        var exchange = new Exchange(request, loop, now.heartbeat());
        HttpConnection connection = request.connection();
        patience.reading(connection);
        request.response().endHandler(_ -> patience.idle(connection));
        Optional<Route> route = Route.at(request.path());
        if (speaksAnthropic(route, request)) {
            exchange.speak(new AnthropicVoice());
        }
        if (route.isEmpty()) {
            refuse(exchange, new Failure.NotFound(Texts.noRoute(request.path()), "no_such_route"));
            return;
        }
        if (!route.get().method().equals(request.method().name())) {
            request.response().putHeader("allow", route.get().method());
            exchange.turnAway(405, Texts.wrongMethod(route.get()), RequestIds.next(Instant.now()));
            return;
        }
        Key key = null;
        if (!route.get().open()) {
            Entrance.Checked checked = Entrance.check(request, now);
            if (checked.failure() != null) {
                refuse(exchange, checked.failure());
                return;
            }
            key = checked.key();
        }
        go(route.get(), exchange, key, now);
    }

    /// Whether an answer is to be in Anthropic's form: on its routes, and where a client of it asks
    /// for what both have or nobody has.
    private static boolean speaksAnthropic(Optional<Route> route, HttpServerRequest request) {
        return switch (route.orElse(Route.MODELS)) {
            case MESSAGES, COUNT_TOKENS -> true;
            case MODELS -> request.getHeader("anthropic-version") != null;
            default -> false;
        };
    }

    private void go(Route route, Exchange exchange, @Nullable Key key, DoorRules now) {
        switch (route) {
            case CHAT -> read(exchange, now, body -> chat(exchange, key, body, ChatReader::read));
            case MESSAGES ->
                    read(exchange, now, body -> chat(exchange, key, body, MessagesReader::read));
            case COUNT_TOKENS -> read(exchange, now, body -> count(exchange, body));
            case DECIDE -> read(exchange, now, body -> decide(exchange, key, body));
            case FEEDBACK -> read(exchange, now, body -> rate(exchange, key, body));
            case MODELS -> exchange.close(200, models(exchange.request()));
            case RESIDENT -> exchange.work(() -> exchange.close(200, services.memory().resident()));
            case LOAD ->
                    read(exchange, now, body -> change(exchange, body, services.memory()::load));
            case UNLOAD ->
                    read(exchange, now, body -> change(exchange, body, services.memory()::unload));
            case SWITCH -> read(exchange, now, body -> turn(exchange, key, body));
            case METRICS ->
                    exchange.work(() ->
                            exchange.closeText(
                                    "text/plain; version=0.0.4; charset=utf-8",
                                    services.metrics().get()));
            case HEALTH -> exchange.close(200, ALIVE);
            case READY -> {
                Readiness readiness = services.readiness().get();
                exchange.close(readiness.ready() ? 200 : 503, readinessJson(readiness));
            }
        }
    }

    private void read(Exchange exchange, DoorRules now, Consumer<byte[]> next) {
        HttpServerRequest request = exchange.request();
        Intake.read(
                request,
                now.maxBody(),
                room,
                new Intake.Taker() {
                    @Override
                    public void whole(byte[] body, Runnable release) {
                        patience.answering(request.connection());
                        if (!exchange.work(() -> use(body, next, release))) {
                            release.run();
                        }
                    }

                    @Override
                    public void tooLarge() {
                        request.response().putHeader("connection", "close");
                        refuse(exchange, new Failure.TooLarge(Texts.tooLarge(now.maxBody())));
                    }

                    @Override
                    public void noRoom() {
                        request.response()
                                .putHeader("connection", "close")
                                .putHeader("retry-after", "1");
                        refuse(exchange, new Failure.Unready(Texts.noRoom(room.bytes())));
                    }
                });
    }

    private static void use(byte[] body, Consumer<byte[]> next, Runnable release) {
        try {
            next.accept(body);
        } finally {
            release.run();
        }
    }

    private Body models(HttpServerRequest request) {
        return speaksAnthropic(Optional.of(Route.MODELS), request)
                ? ModelsJson.anthropic(services.models().get(), created)
                : ModelsJson.of(services.models().get(), created);
    }

    private void chat(
            Exchange exchange,
            @Nullable Key key,
            byte[] body,
            Function<byte[], Read<Prompt>> reader) {
        Request request = readRequest(exchange, key, body, reader);
        if (request != null) {
            Prompt prompt = request.prompt();
            exchange.expect(prompt, prompt.stream() && wantsHeartbeats(request));
            services.flow().answer(request, exchange);
        }
    }

    private static void count(Exchange exchange, byte[] body) {
        switch (MessagesReader.readToCount(body)) {
            case Read.Good<Prompt>(Prompt prompt) ->
                    exchange.close(200, ModelsJson.tokens(prompt.estimatedTokens()));
            case Read.Bad<Prompt>(Failure.Malformed problem) -> refuse(exchange, problem);
        }
    }

    private void decide(Exchange exchange, @Nullable Key key, byte[] body) {
        Request request = readRequest(exchange, key, body, ChatReader::read);
        if (request != null) {
            exchange.close(200, PlanJson.of(services.flow().decide(request)));
        }
    }

    private void rate(Exchange exchange, @Nullable Key key, byte[] body) {
        switch (FeedbackJson.read(body, key)) {
            case Read.Bad<Ratings.Rating>(Failure.Malformed problem) -> refuse(exchange, problem);
            case Read.Good<Ratings.Rating>(Ratings.Rating rating) -> {
                switch (services.ratings().rate(rating)) {
                    case Ratings.Taken.Recorded recorded ->
                            exchange.close(200, FeedbackJson.of(rating.requestId(), recorded));
                    case Ratings.Taken.Refused(Failure failure) -> refuse(exchange, failure);
                }
            }
        }
    }

    private static void change(
            Exchange exchange, byte[] body, Function<String, Memory.Changed> wish) {
        String model = MessageBody.model(body);
        Memory.Changed changed =
                model.isEmpty()
                        ? new Memory.Changed.Failed(
                                new Failure.Malformed("`model` is missing.", "model"))
                        : wish.apply(model);
        switch (changed) {
            case Memory.Changed.Done(Body told) -> exchange.close(200, told);
            case Memory.Changed.Failed(Failure failure) -> refuse(exchange, failure);
        }
    }

    private void turn(Exchange exchange, @Nullable Key key, byte[] body) {
        if (key == null || !key.bounds().admin()) {
            refuse(exchange, SwitchJson.noAdmin());
            return;
        }
        SwitchJson.Wish wish = SwitchJson.read(body);
        if (wish == null) {
            refuse(exchange, SwitchJson.unreadable());
            return;
        }
        if (wish.on() != null) {
            services.localOnly().turn(wish.on(), "key " + key.name(), wish.reason());
        }
        exchange.close(200, SwitchJson.of(services.localOnly()));
    }

    private static boolean wantsHeartbeats(Request request) {
        return !"off".equals(request.asking().header().apply("x-tierwise-heartbeat"));
    }

    private static Asking asking(String id, HttpServerRequest http, @Nullable Key key) {
        Key.Bounds bounds = key == null ? Key.Bounds.NONE : key.bounds();
        return new Asking(
                id,
                bounds.tenant(),
                bounds.purpose(http.getHeader("x-tierwise-purpose")),
                http.path(),
                http::getHeader);
    }

    private @Nullable Request readRequest(
            Exchange exchange,
            @Nullable Key key,
            byte[] body,
            Function<byte[], Read<Prompt>> reader) {
        long begun = System.nanoTime();
        Instant at = Instant.now();
        String id = RequestIds.next(at);
        HttpServerRequest http = exchange.request();
        Read<Caller> caller = Hints.read(http::getHeader, key);
        if (caller instanceof Read.Bad<Caller>(Failure.Malformed problem)) {
            exchange.fail(problem, id, null);
            return null;
        }
        return switch (reader.apply(body)) {
            case Read.Good<Prompt>(Prompt prompt) ->
                    new Request(
                            id,
                            at,
                            begun,
                            ((Read.Good<Caller>) caller).value(),
                            prompt,
                            asking(id, http, key));
            case Read.Bad<Prompt>(Failure.Malformed problem) -> {
                exchange.fail(problem, id, null);
                yield null;
            }
        };
    }

    private static void refuse(Exchange exchange, Failure failure) {
        exchange.fail(failure, RequestIds.next(Instant.now()), null);
    }

    private static Body readinessJson(Readiness readiness) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeBooleanProperty("ready", readiness.ready());
            json.writeNumberProperty("models", readiness.models());
            json.writeArrayPropertyStart("reasons");
            readiness.reasons().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    private static Body json(String name, boolean value) {
        return new Body(("{\"" + name + "\":" + value + "}").getBytes(StandardCharsets.UTF_8));
    }
}
