package dev.tierwise.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `tw local-only`.
@Command(
        name = "local-only",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps everything on this machine: while it is on, no request goes to a model elsewhere.",
            "Running gateways of this user obey within a second, also for requests under way that"
                    + " have not been sent yet. It stays on over restarts until it is turned off."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw local-only on --reason \"contract under review\"",
            "  ./tw local-only            how it stands",
            "  ./tw local-only off"
        })
final class LocalOnlyCommand implements Callable<Integer> {
    /// What to do.
    enum Wish {
        ON,
        OFF,
        STATUS
    }

    @Parameters(arity = "0..1", paramLabel = "on|off|status", description = "Default: status.")
    private Wish wish = Wish.STATUS;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the switch.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var file = new LocalOnlyFile(Folders.of(System::getenv));
        try {
            if (wish != Wish.STATUS) {
                file.turn(wish == Wish.ON, reason == null ? "" : reason);
            }
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "tw: the switch could not be turned: "
                                    + e.getMessage()
                                    + "; a gateway that runs can still be stopped");
            return Main.FAILED;
        }
        String why = file.reason();
        if (json) {
            var root = JsonMapper.shared().createObjectNode();
            root.put("local_only", file.isOn());
            root.put("reason", why);
            out.println(root);
        } else {
            out.println(
                    file.isOn()
                            ? "on: nothing leaves this machine"
                                    + (why.isEmpty() ? "" : " (" + why + ")")
                            : "off: the policy decides what may leave");
        }
        return Main.DONE;
    }
}
