package dev.tierwise.bench;

import dev.tierwise.bench.relay.MockAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// nginx as the cheapest mock upstream and as the reverse proxy that everybody knows.
final class Nginx {
    static final String HOW_TO_GET =
            "nginx is not installed, so its rows are missing and a Netty mock answers instead"
                    + " (Debian: apt-get install nginx; macOS: brew install nginx)";

    private Nginx() {}

    /// A server that answers every question with the same JSON.
    static Optional<Child> mock(Commands commands, int port) {
        String location =
                "location / { default_type application/json; return 200 '"
                        + MockAnswers.json()
                        + "'; }";
        return start(commands, "nginx-mock", 1, server(port, location));
    }

    /// A reverse proxy with kept-alive connections to the upstream.
    static Optional<Child> proxy(Commands commands, int port, int upstreamPort) {
        String upstream =
                "upstream mock { server 127.0.0.1:%d; keepalive 512; keepalive_requests 100000000; }\n"
                        .formatted(upstreamPort);
        String location =
                "location / { proxy_pass http://mock; proxy_http_version 1.1;"
                        + " proxy_set_header Connection \"\"; proxy_buffering off; }";
        int workers = Runtime.getRuntime().availableProcessors();
        return start(commands, "nginx-proxy", workers, upstream + server(port, location));
    }

    private static String server(int port, String location) {
        return "server { listen 127.0.0.1:%d backlog=1024;\n%s }\n".formatted(port, location);
    }

    private static Optional<Child> start(
            Commands commands, String name, int workers, String servers) {
        Path folder = commands.work().resolve(name);
        Path config = folder.resolve("nginx.conf");
        try {
            Files.createDirectories(folder);
            Files.writeString(config, config(folder, workers, servers));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + config, e);
        }
        return commands.nginx(folder)
                .map(command -> Child.start(name, command, Map.of(), folder.resolve("log")));
    }

    private static String config(Path folder, int workers, String servers) {
        return """
        daemon off; worker_processes WORKERS; pid FOLDER/pid; error_log FOLDER/error warn;
        events { worker_connections 4096; }
        http {
        access_log off; keepalive_requests 100000000; keepalive_timeout 600s;
        client_body_buffer_size 64k; client_max_body_size 8m;
        client_body_temp_path FOLDER/t1; proxy_temp_path FOLDER/t2; fastcgi_temp_path FOLDER/t3;
        uwsgi_temp_path FOLDER/t4; scgi_temp_path FOLDER/t5;
        SERVERS}
        """
                .replace("WORKERS", Integer.toString(workers))
                .replace("FOLDER", folder.toString())
                .replace("SERVERS", servers);
    }
}
