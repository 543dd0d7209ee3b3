package dev.tierwise.fakes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fake upstream as a program: `--port N [--kind KIND] [--fault FAULT]`.
///
/// Prints one line, `fakes listening on http://127.0.0.1:PORT`, and serves until it is killed. Ends
/// with 2 and a line on stderr when the arguments are wrong, with 1 when the port is taken.
public final class Main {
    private static final String USAGE =
            "usage: --port N [--kind KIND] [--fault FAULT]\n  kinds: "
                    + String.join(" ", Kind.words())
                    + "\n  faults: "
                    + String.join(" ", Fault.words());

    private Main() {}

    /// Starts the server; its event loop keeps the process alive.
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            var fake = start(options(arguments));
            System.out.println("fakes listening on " + fake.url());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n" + USAGE);
            System.exit(2);
        } catch (IllegalStateException portTaken) {
            System.err.println(portTaken.getMessage());
            System.exit(1);
        }
    }

    private static FakeUpstream start(Map<String, String> options) {
        var kind =
                Kind.of(options.getOrDefault("--kind", "all"))
                        .orElseThrow(() -> new IllegalArgumentException("no such kind"));
        var fault =
                Fault.of(options.getOrDefault("--fault", "none"))
                        .orElseThrow(() -> new IllegalArgumentException("no such fault"));
        var fake = FakeUpstream.start(kind, port(options.getOrDefault("--port", "0")));
        fake.fault(fault);
        return fake;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("--port must be 0 to 65535, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            boolean known = arguments[i].matches("--(port|kind|fault)");
            if (!known || i + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown or incomplete: " + arguments[i]);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
