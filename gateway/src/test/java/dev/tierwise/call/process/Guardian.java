package dev.tierwise.call.process;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process that starts a fake llama-server and then waits to be killed.
public final class Guardian {
    private Guardian() {}

    /// Starts one and says when it is ready.
    ///
    /// @param arguments the folder of the program
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        LlamaServer server =
                FakeProgram.make(Path.of(arguments[0]), "well")
                        .server(vertx, LlamaServer.Persistence.USUAL);
        server.start();
        System.out.println(server.await(Duration.ofSeconds(60)).isPresent());
        TimeUnit.MINUTES.sleep(5);
    }
}
