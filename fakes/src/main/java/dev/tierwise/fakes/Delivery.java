package dev.tierwise.fakes;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/// Carries out the plan for one request, no faster than the client reads. Runs on the event loop.
final class Delivery {
    private final Vertx vertx;
    private final Exchange exchange;

    /// A delivery for one request.
    Delivery(Vertx vertx, Exchange exchange) {
        this.vertx = vertx;
        this.exchange = exchange;
    }

    /// Starts; returns before the end.
    void run(Plan plan) {
        switch (plan) {
            case Plan.Close _ -> exchange.cut();
            case Plan.Silence _ -> {}
            case Plan.Later later -> later(later);
            case Plan.Send send -> after(send.beforeHead(), () -> head(send));
        }
    }

    private void later(Plan.Later later) {
        Context loop = vertx.getOrCreateContext();
        var _ =
                later.end()
                        .onComplete(_ ->
                                loop.runOnContext(_ -> {
                                    if (!exchange.over()) {
                                        run(later.then().get());
                                    }
                                }));
    }

    private void head(Plan.Send send) {
        var response = exchange.response();
        response.setStatusCode(send.status());
        send.headers().forEach(response::putHeader);
        response.setChunked(!send.headers().containsKey("content-length"));
        var _ = response.writeHead();
        after(send.body().before(), () -> pump(send.body()));
    }

    private void pump(Plan.Body body) {
        var pieces = body.pieces();
        while (pieces.hasNext() && !exchange.over()) {
            exchange.write(pieces.next());
            if (body.gap().isPositive() && pieces.hasNext()) {
                after(body.gap(), () -> pump(body));
                return;
            }
            if (exchange.response().writeQueueFull()) {
                exchange.response().drainHandler(_ -> pump(body));
                return;
            }
        }
        if (!exchange.over()) {
            finish(body.ending());
        }
    }

    private void finish(Plan.Ending ending) {
        switch (ending) {
            case END -> exchange.end();
            case CUT -> exchange.cut();
            case HANG -> {}
        }
    }

    private void after(Duration wait, Runnable step) {
        if (wait.isPositive()) {
            vertx.setTimer(
                    Math.max(1, wait.toMillis()),
                    _ -> {
                        if (!exchange.over()) {
                            step.run();
                        }
                    });
        } else {
            step.run();
        }
    }
}
