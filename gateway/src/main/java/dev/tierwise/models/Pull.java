package dev.tierwise.models;

import dev.tierwise.call.Download;
import dev.tierwise.models.Source.Extra;
import dev.tierwise.models.Source.Found;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings models into the store. Blocks; an interrupt ends it, and a later pull goes on from where
/// it stopped. Thread-safe.
///
/// @param store where models are kept
/// @param registries where they come from
/// @param around the network, the disk and time
public record Pull(Store store, Registries registries, Surroundings around) {
    /// Waits.
    @FunctionalInterface
    public interface Pause {
        /// Waits so long; false when the wait was interrupted.
        boolean wait(Duration time);
    }

    /// Looks at a disk.
    @FunctionalInterface
    public interface FreeSpace {
        /// The bytes that this user may still write at `folder`.
        long bytes(Path folder);
    }

    /// What a pull sees of the world.
    ///
    /// @param download how bytes are fetched
    /// @param space what is free on the disk
    /// @param pause how to wait between tries
    /// @param clock time
    public record Surroundings(Download download, FreeSpace space, Pause pause, Clock clock) {
        /// The real disk and real time.
        public static Surroundings real(Download download) {
            return new Surroundings(
                    download, Surroundings::usable, Surroundings::sleep, Clock.systemUTC());
        }

        private static long usable(Path folder) {
            try {
                return Files.getFileStore(folder).getUsableSpace();
            } catch (IOException _) {
                return Long.MAX_VALUE; // writing will tell
            }
        }

        private static boolean sleep(Duration time) {
            try {
                Thread.sleep(time);
                return true;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /// Fetches a model, or finds that it is here already.
    ///
    /// @param name where it comes from
    /// @param alias what to call it here; null for the usual name
    /// @param progress is told how it goes on
    public Pulled pull(ModelName name, @Nullable String alias, Progress progress) {
        return switch (find(name)) {
            case Found.Missing(String message) -> new Pulled.Missing(message);
            case Found.Failed(String message) -> new Pulled.Failed(message);
            case Found.Offline(String message) -> offline(name, alias, message, progress);
            case Found.Ready(Source source) -> {
                try {
                    yield locked(alias == null ? source : source.named(alias), name, progress);
                } catch (IOException e) {
                    yield new Pulled.Failed(store.root() + " cannot be used: " + e.getMessage());
                }
            }
        };
    }

    private Found find(ModelName name) {
        var texts = new Texts(around.download(), around.pause());
        return switch (name) {
            case ModelName.HuggingFace repo ->
                    new HuggingFace(registries.huggingFace(), texts).find(repo);
            case ModelName.Ollama model ->
                    new OllamaRegistry(registries.ollama(), texts).find(model);
            case ModelName.Web(URI address) ->
                    new Found.Ready(file(name, address, address.getHost() + address.getPath()));
            case ModelName.Local(Path file) -> local(name, file.toAbsolutePath().normalize());
        };
    }

    private static Found local(ModelName name, Path file) {
        return Files.isRegularFile(file)
                ? new Found.Ready(file(name, file.toUri(), file.toString()))
                : new Found.Missing("there is no file " + file);
    }

    private static Source file(ModelName name, URI uri, String origin) {
        return new Source(name.shown(), uri, Map.of(), origin, null, -1, null, List.of());
    }

    private Pulled offline(
            ModelName name, @Nullable String alias, String message, Progress progress) {
        String wanted = alias == null ? name.shown() : alias;
        if (store.find(wanted) instanceof Store.Search.One(Stored model)) {
            progress.note("offline, so nobody was asked for a newer one");
            return new Pulled.Done(model, false);
        }
        return new Pulled.Failed(message);
    }

    private Pulled locked(Source source, ModelName name, Progress progress) throws IOException {
        Path folder = store.folder(source.name());
        try (Lock lock = Lock.take(folder)) {
            if (!lock.held()) {
                return new Pulled.Failed(
                        "another process is pulling "
                                + source.name()
                                + "; wait for it, or stop it and type this again");
            }
            Optional<Stored> here = store.named(source.name());
            if (here.isPresent() && !here.get().source().equals(source.origin()) && isFile(name)) {
                return new Pulled.Failed(
                        "the store has a model `"
                                + source.name()
                                + "` from "
                                + here.get().source()
                                + "; choose another name with --name, or ./tw models rm it");
            }
            if (here.isPresent() && isSame(here.get(), source, name)) {
                return new Pulled.Done(here.get(), false);
            }
            return name instanceof ModelName.Local(Path file)
                    ? imported(source, file, folder, progress)
                    : fetched(source, folder, progress);
        }
    }

    /// Whether what is here is what would be fetched. An address has no digest to compare: what
    /// came from it once counts as the same.
    private static boolean isSame(Stored here, Source source, ModelName name) throws IOException {
        return switch (name) {
            case ModelName.HuggingFace _, ModelName.Ollama _ ->
                    here.sha256().equals(source.sha256());
            case ModelName.Web _ -> true;
            case ModelName.Local(Path file) -> Files.isSameFile(file, here.file());
        };
    }

    private static boolean isFile(ModelName name) {
        return name instanceof ModelName.Web || name instanceof ModelName.Local;
    }

    private Pulled fetched(Source source, Path folder, Progress progress) throws IOException {
        return switch (new Transfer(around, progress).fetch(source, folder)) {
            case Transfer.Result.Missing(String message) -> {
                Part.forget(folder);
                yield new Pulled.Missing(message);
            }
            case Transfer.Result.Damaged(String message) -> new Pulled.Failed(message);
            case Transfer.Result.Failed(String message) -> new Pulled.Failed(message);
            case Transfer.Result.Done(String sha256, long bytes) ->
                    settle(source, folder, sha256, bytes);
        };
    }

    private Pulled imported(Source source, Path file, Path folder, Progress progress)
            throws IOException {
        return switch (new Import(around.space(), progress).take(file, Part.bytes(folder))) {
            case Import.Result.Failed(String message) -> new Pulled.Failed(message);
            case Import.Result.Done(String sha256, long bytes) ->
                    settle(source, folder, sha256, bytes);
        };
    }

    private Pulled settle(Source source, Path folder, String sha256, long bytes)
            throws IOException {
        Facts.Head head = Facts.of(Part.bytes(folder));
        Path file = folder.resolve("model.gguf");
        Map<String, Path> extras = new HashMap<>();
        for (Extra extra : source.extras()) {
            Path beside = folder.resolve(extra.name() + ".txt");
            Files.writeString(beside, extra.text(), StandardCharsets.UTF_8);
            extras.put(extra.name(), beside);
        }
        Manifest.settle(Part.bytes(folder), file);
        var model =
                new Stored(
                        source.name(),
                        source.origin(),
                        file,
                        sha256,
                        bytes,
                        around.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                        source.licence() == null ? head.licence() : source.licence(),
                        head.facts(),
                        extras);
        Manifest.write(folder, model);
        Part.forget(folder);
        return new Pulled.Done(model, true);
    }
}
