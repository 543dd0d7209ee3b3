package dev.tierwise.fakes;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The control endpoints: `POST /_fake/fault`, `POST /_fake/script`, `POST /_fake/judge` and `GET
/// /_fake/state`. Runs on the event loop.
///
/// A fault is `{"fault": word, "times": N}` and may carry `retryAfterSeconds`, `gapMillis`,
/// `afterChunks`, `hugeBytes` and `everywhere`. While connections are refused the control endpoints
/// are gone too, so `refuse` ends by itself after `forMillis`, 5000 when not given. A script is
/// `{"text", "chunks", "firstByteMillis", "prefillMillis", "chunkMillis", "tool", "arguments"}`;
/// what is absent stays as it is. A judge is `{"right": text}`; without `right` it judges no more.
final class Control {
    private static final long REFUSE_MILLIS = 5_000;

    private final FakeUpstream fake;
    private final Vertx vertx;

    /// Controls one fake.
    Control(FakeUpstream fake, Vertx vertx) {
        this.fake = fake;
        this.vertx = vertx;
    }

    /// Answers one request.
    void answer(HttpServerRequest request) {
        var _ =
                request.body()
                        .onSuccess(body -> {
                            var root = Json.read(body.toString());
                            switch (request.method() + " " + request.path()) {
                                case "GET /_fake/state" -> send(request, 200, state());
                                case "POST /_fake/fault" ->
                                        root.ifPresentOrElse(
                                                json -> fault(request, json),
                                                () -> reject(request, "no JSON"));
                                case "POST /_fake/script" ->
                                        root.ifPresentOrElse(
                                                json -> script(request, json),
                                                () -> reject(request, "no JSON"));
                                case "POST /_fake/judge" ->
                                        root.ifPresentOrElse(
                                                json -> judge(request, json),
                                                () -> reject(request, "no JSON"));
                                default ->
                                        send(
                                                request,
                                                404,
                                                Json.object("error", "no such endpoint"));
                            }
                        });
    }

    private void fault(HttpServerRequest request, JsonNode json) {
        var fault = Fault.of(json.path("fault").asString(""));
        long times = json.path("times").asLong(Behaviour.ALWAYS);
        if (fault.isEmpty() || times < 1) {
            reject(request, "fault must be one of " + Fault.words() + ", times at least 1");
            return;
        }
        try {
            fake.settings(settings(fake.settings(), json));
        } catch (IllegalArgumentException wrong) {
            reject(request, String.valueOf(wrong.getMessage()));
            return;
        }
        if (fault.get() == Fault.REFUSE) {
            long millis = Math.max(1, json.path("forMillis").asLong(REFUSE_MILLIS));
            send(request, 200, Json.object("fault", "refuse", "forMillis", millis));
            vertx.setTimer(1, _ -> fake.arm(Fault.REFUSE, Behaviour.ALWAYS));
            vertx.setTimer(millis + 1, _ -> listenAgain());
            return;
        }
        var _ = fake.arm(fault.get(), times);
        send(request, 200, state());
    }

    private void listenAgain() {
        if (fake.armed().fault() == Fault.REFUSE) {
            var _ = fake.arm(Fault.NONE, Behaviour.ALWAYS);
        }
    }

    private static FaultSettings settings(FaultSettings now, JsonNode json) {
        long retryAfter = json.path("retryAfterSeconds").asLong(now.retryAfter().toSeconds());
        long gap = json.path("gapMillis").asLong(now.gap().toMillis());
        boolean everywhere =
                json.path("everywhere").asBoolean(now.reach() == FaultSettings.Reach.EVERYTHING);
        return new FaultSettings(
                Duration.ofSeconds(retryAfter),
                Duration.ofMillis(gap),
                json.path("afterChunks").asInt(now.afterChunks()),
                json.path("hugeBytes").asLong(now.hugeBytes()),
                everywhere ? FaultSettings.Reach.EVERYTHING : FaultSettings.Reach.CHAT);
    }

    private void script(HttpServerRequest request, JsonNode json) {
        var now = fake.script();
        try {
            var next =
                    now.withText(json.path("text").asString(now.text()))
                            .withChunks(json.path("chunks").asInt(now.chunks()))
                            .withTiming(timing(now.timing(), json));
            var tool = json.path("tool").asString("");
            fake.script(
                    tool.isEmpty()
                            ? next
                            : next.withToolCall(tool, json.path("arguments").asString("{}")));
            send(request, 200, state());
        } catch (IllegalArgumentException wrong) {
            reject(request, String.valueOf(wrong.getMessage()));
        }
    }

    private void judge(HttpServerRequest request, JsonNode json) {
        fake.judge(json.path("right").asString(null));
        send(request, 200, state());
    }

    private static Script.Timing timing(Script.Timing now, JsonNode json) {
        return new Script.Timing(
                millis(json, "firstByteMillis", now.firstByte()),
                millis(json, "prefillMillis", now.prefill()),
                millis(json, "chunkMillis", now.chunk()));
    }

    private static Duration millis(JsonNode json, String name, Duration now) {
        return Duration.ofMillis(json.path(name).asLong(now.toMillis()));
    }

    private Map<String, @Nullable Object> state() {
        var armed = fake.armed();
        return Json.object(
                "fault", armed.fault().word(),
                "times", armed.times() == Behaviour.ALWAYS ? null : armed.times(),
                "received", fake.received().size(),
                "active", fake.active(),
                "abandoned", fake.abandoned(),
                "openConnections", fake.openConnections(),
                "bytesWritten", fake.bytesWritten(),
                "requests", fake.received().stream().map(Received::toString).toList());
    }

    private static void reject(HttpServerRequest request, String why) {
        send(request, 400, Json.object("error", why));
    }

    private static void send(HttpServerRequest request, int status, Object answer) {
        var _ =
                request.response()
                        .setStatusCode(status)
                        .putHeader("content-type", Planner.JSON)
                        .end(Json.text(answer));
    }
}
