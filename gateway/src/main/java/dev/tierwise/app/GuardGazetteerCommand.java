package dev.tierwise.app;

import dev.tierwise.detect.names.Gazetteer;
import dev.tierwise.detect.names.GazetteerBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tw guard gazetteer`: for maintainers.
@Command(
        name = "gazetteer",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Makes the table of names that comes with the product.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw guard gazetteer --names DIR --out gazetteer.bin"})
final class GuardGazetteerCommand implements Callable<Integer> {
    @Option(
            names = "--names",
            required = true,
            paramLabel = "DIR",
            description = "Philter's lists.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path names;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The table.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var build = new GazetteerBuild();
        try (Stream<String> first = Files.lines(names.resolve("firstnames_minus_fps.txt"));
                Stream<String> last = Files.lines(names.resolve("lastnames_minus_fps.txt"));
                Stream<String> common =
                        Files.lines(names.resolve("whitelist_plus_fps_091718_nonames.txt"))) {
            build.add(first, Gazetteer.FIRST)
                    .add(last, Gazetteer.LAST)
                    .add(common, Gazetteer.COMMON);
            Files.write(out, build.bytes());
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("tw: " + names + " or " + out + ": " + e.getMessage());
            return Main.FAILED;
        }
        spec.commandLine().getOut().println(out + ": " + build.words() + " words");
        return Main.DONE;
    }
}
