package dev.tierwise.config;

import dev.tierwise.config.Reading.Problem;
import dev.tierwise.policy.Lint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds and reads `tierwise.yaml`. The libraries for YAML and schemas are loaded by the first
/// reading only. Thread-safe.
public final class ConfigFile {
    private static final int MOST_BYTES = 4 << 20;

    private ConfigFile() {}

    /// The file to read: the one that `flag` names, or `$TIERWISE_CONFIG`, or `tierwise.yaml` in
    /// the working directory, or `tierwise/config.yaml` in `$XDG_CONFIG_HOME` (`~/.config`). Empty
    /// when nothing is named and there is none of these. A file that is named need not be there:
    /// reading it says so.
    ///
    /// @param flag the value of `--config`; null without it
    /// @param environment the value of a variable; null when it is not set
    /// @param workingDirectory where relative paths begin
    public static Optional<Path> find(
            @Nullable String flag,
            Function<String, @Nullable String> environment,
            Path workingDirectory) {
        String named = isSet(flag) ? flag : environment.apply("TIERWISE_CONFIG");
        if (named != null && isSet(named)) {
            return Optional.of(workingDirectory.resolve(named));
        }
        var places = new ArrayList<Path>();
        places.add(workingDirectory.resolve("tierwise.yaml"));
        String configHome = environment.apply("XDG_CONFIG_HOME");
        String home = environment.apply("HOME");
        if (configHome != null && isSet(configHome)) {
            places.add(workingDirectory.resolve(configHome).resolve("tierwise/config.yaml"));
        } else if (home != null && isSet(home)) {
            places.add(workingDirectory.resolve(home).resolve(".config/tierwise/config.yaml"));
        }
        return places.stream().filter(Files::exists).findFirst();
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /// The JSON Schema of the file, for editors.
    public static String schema() {
        return Schema.text();
    }

    /// Reads `file` and the secrets that it refers to. Never throws for what a file may hold.
    ///
    /// @param file the file
    /// @param environment the value of a variable; null when it is not set
    public static Reading read(Path file, Function<String, @Nullable String> environment) {
        return consult(file, environment).reading();
    }

    /// A reading, and the files of secrets that it rests on.
    record Consulted(Reading reading, Set<Path> secrets) {}

    /// Like [#read], and says which other files would change the reading.
    static Consulted consult(Path file, Function<String, @Nullable String> environment) {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return unreadable(name, "larger than 4 MiB", "name a configuration file");
            }
            return check(file, name, decoded(bytes), environment);
        } catch (NoSuchFileException missing) {
            return unreadable(
                    name,
                    "there is no file " + file,
                    "create it, or correct --config or TIERWISE_CONFIG");
        } catch (AccessDeniedException denied) {
            return unreadable(name, "no permission to read " + file, "run: chmod u+r " + file);
        } catch (CharacterCodingException notText) {
            return unreadable(name, "not UTF-8 text", "save it as UTF-8");
        } catch (IOException broken) {
            return unreadable(name, "cannot read " + file, "name a file, not a folder");
        }
    }

    /// Whether a file says that nothing may leave this machine, whatever else is wrong with it;
    /// also where it cannot be read, for it may say so.
    public static boolean mayKeepHome(Path file) {
        try {
            String text = decoded(Files.readAllBytes(file));
            Document document = Document.parse(String.valueOf(file.getFileName()), text);
            JsonNode word = document.root().path("policy").path("local-only");
            return !document.problems().isEmpty()
                    || !(word.isMissingNode() || (word.isBoolean() && !word.booleanValue()));
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static Consulted check(
            Path file, String name, String text, Function<String, @Nullable String> environment) {
        Document document = Document.parse(name, text);
        Path folder = file.toAbsolutePath().resolveSibling("");
        List<Problem> problems = new ArrayList<>(document.problems());
        Set<String> told = problems.stream().map(Problem::path).collect(Collectors.toSet());
        // where YAML itself is at fault, what came of it is no fault of its own
        Schema.check(document).stream()
                .filter(problem -> problem.path().isEmpty() || !told.contains(problem.path()))
                .forEach(problems::add);
        problems.addAll(CrossCheck.check(document));
        Secrets secrets = Secrets.fetch(document, folder, environment);
        problems.addAll(secrets.problems());
        if (problems.isEmpty()) {
            Config config = new Records(document.root(), secrets, folder).config();
            Lint.of(config.policy(), LocalDate.now(ZoneOffset.UTC)).stream()
                    .filter(found -> found.severity() == Lint.Severity.ERROR)
                    .map(found -> document.problem(found.place(), found.what(), found.remedy()))
                    .forEach(problems::add);
            if (!problems.isEmpty()) {
                return new Consulted(new Reading.Invalid(problems), secrets.files());
            }
            return new Consulted(new Reading.Loaded(config), secrets.files());
        }
        problems.sort(
                Comparator.comparingInt(Problem::line)
                        .thenComparing(Problem::path)
                        .thenComparing(Problem::message));
        return new Consulted(
                new Reading.Invalid(problems.stream().distinct().toList()), secrets.files());
    }

    private static Consulted unreadable(String name, String message, String remedy) {
        var problem = new Problem(name, 0, "", message, remedy);
        return new Consulted(new Reading.Invalid(List.of(problem)), Set.of());
    }
}
