package dev.tierwise.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The models on this machine: a folder each, with the file, a manifest, and while it is pulled a
/// lock. Thread-safe, also against other processes.
///
/// @param root the folder of all; made when it is first needed
public record Store(Path root) {
    public Store {
        root = root.toAbsolutePath().normalize();
    }

    /// All that is in the store.
    ///
    /// @param models whole ones, by name
    /// @param unfinished pulls that were broken off
    public record Listing(List<Stored> models, List<Unfinished> unfinished) {
        public Listing {
            models = List.copyOf(models);
            unfinished = List.copyOf(unfinished);
        }
    }

    /// A pull that was broken off and can go on.
    ///
    /// @param name the model
    /// @param bytes what is here
    /// @param total what there is; -1 where unknown
    public record Unfinished(String name, long bytes, long total) {}

    /// What looking for a name came to.
    public sealed interface Search {
        /// That one.
        ///
        /// @param model the model
        record One(Stored model) implements Search {}

        /// None.
        ///
        /// @param message what there is instead
        record None(String message) implements Search {}

        /// The name fits several.
        ///
        /// @param message which
        record Several(String message) implements Search {}
    }

    /// What removing came to.
    public sealed interface Removal {
        /// It is gone.
        ///
        /// @param bytes what the disk got back
        record Done(long bytes) implements Removal {}

        /// It could not be removed.
        ///
        /// @param message why
        record Failed(String message) implements Removal {}
    }

    /// The folder of a model, whether it exists or not.
    Path folder(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.replaceAll("[^a-z0-9._-]", "_");
        byte[] digest = sha256().digest(lower.getBytes(StandardCharsets.UTF_8));
        String unique = HexFormat.of().formatHex(digest, 0, 4);
        return root.resolve(plain.substring(0, Math.min(100, plain.length())) + "-" + unique);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What is here. A store that cannot be read is empty.
    public Listing list() {
        var models = new ArrayList<Stored>();
        var unfinished = new ArrayList<Unfinished>();
        for (Path folder : folders()) {
            Manifest.read(folder).ifPresent(models::add);
            Part.read(folder)
                    .ifPresent(part ->
                            unfinished.add(
                                    new Unfinished(
                                            part.name(), size(Part.bytes(folder)), part.total())));
        }
        models.sort(Comparator.comparing(Stored::name));
        unfinished.sort(Comparator.comparing(Unfinished::name));
        return new Listing(models, unfinished);
    }

    private List<Path> folders() {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }

    /// The model of exactly this name, letters' case aside.
    public Optional<Stored> named(String name) {
        return Manifest.read(folder(name)).filter(it -> it.name().equalsIgnoreCase(name));
    }

    /// Looks for a model by its name or a shorter form that fits one only: without `hf.co/`, the
    /// owner, or what follows the colon.
    public Search find(String text) {
        Optional<Stored> exact = named(text);
        if (exact.isPresent()) {
            return new Search.One(exact.get());
        }
        List<Stored> models = list().models();
        List<Stored> fits =
                models.stream().filter(model -> isShortFor(text, model.name())).toList();
        return switch (fits.size()) {
            case 0 ->
                    new Search.None(
                            "no model `"
                                    + text
                                    + "` is in the store"
                                    + (models.isEmpty() ? "" : "; there are " + names(models))
                                    + "; `./tw pull` fetches one");
            case 1 -> new Search.One(fits.getFirst());
            default ->
                    new Search.Several(
                            "`" + text + "` fits " + names(fits) + "; write one of them");
        };
    }

    private static String names(List<Stored> models) {
        return String.join(", ", models.stream().map(Stored::name).toList());
    }

    private static boolean isShortFor(String text, String name) {
        var forms = new ArrayList<String>();
        for (String form = name; ; form = form.substring(form.indexOf('/') + 1)) {
            forms.add(form);
            if (form.contains(":")) {
                forms.add(form.substring(0, form.indexOf(':')));
            }
            if (!form.contains("/")) {
                return forms.stream().anyMatch(text::equalsIgnoreCase);
            }
        }
    }

    /// Deletes a model, or a pull that was broken off. A process that has the file open keeps it
    /// until it closes it.
    public Removal remove(String name) {
        Path folder = folder(name);
        try (Lock lock = Lock.take(folder)) {
            if (!lock.held()) {
                return new Removal.Failed(
                        "`" + name + "` is being pulled; stop that first (Ctrl-C where it runs)");
            }
            long bytes = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (!Set.of(Lock.FILE).contains(file.getFileName().toString())) {
                        bytes += size(file);
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(folder.resolve(Lock.FILE));
            Files.deleteIfExists(folder);
            return new Removal.Done(bytes);
        } catch (IOException e) {
            return new Removal.Failed(
                    "`" + name + "` cannot be removed from " + folder + ": " + e.getMessage());
        }
    }
}
