package dev.tierwise.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The public keys of a trail and which of them can be trusted: the root, and those that changes of
/// keys tie to it.
final class PublicKeys {
    private final Map<String, PublicKey> keys = new HashMap<>();
    private final String root;

    /// A change of keys as the chain records it.
    ///
    /// @param sequence where
    /// @param old the key before
    /// @param fresh the key after
    record Change(long sequence, String old, String fresh) {}

    private PublicKeys(PublicKey root) {
        this.root = SigningKey.id(root);
        keys.put(this.root, root);
    }

    /// The keys in `folder`, with `root` as the one to trust; without one, the folder's own.
    ///
    /// @return null when there is no root
    static @Nullable PublicKeys of(Path folder, @Nullable PublicKey root) throws IOException {
        PublicKey trusted = root == null ? read(folder.resolve(KeyFiles.OPEN)) : root;
        if (trusted == null) {
            return null;
        }
        var all = new PublicKeys(trusted);
        Path kept = folder.resolve(KeyFiles.KEPT);
        if (Files.isDirectory(kept)) {
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.toList()) {
                    PublicKey key = read(file);
                    if (key != null) {
                        all.keys.put(SigningKey.id(key), key);
                    }
                }
            }
        }
        return all;
    }

    /// The public key in a file; null when there is none.
    static @Nullable PublicKey read(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? SigningKey.open(Files.readString(file, StandardCharsets.ISO_8859_1))
                : null;
    }

    String root() {
        return root;
    }

    boolean holds(String kind, Seal seal) {
        PublicKey key = keys.get(seal.key());
        return key != null && seal.holds(kind, key);
    }

    boolean knows(String id) {
        return keys.containsKey(id);
    }

    /// The ids of the keys that can be trusted. A change of keys counts when a checkpoint of the
    /// trusted side covers it, for then the owner of the trusted key has vouched for it.
    Set<String> trusted(List<CheckpointReader.Run> runs, List<Change> changes) {
        var trusted = new HashSet<String>(Set.of(root));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Change change : changes) {
                if (vouched(change.old(), change, trusted, runs)) {
                    grown |= trusted.add(change.fresh());
                }
                if (vouched(change.fresh(), change, trusted, runs)) {
                    grown |= trusted.add(change.old());
                }
            }
        }
        return trusted;
    }

    private static boolean vouched(
            String key, Change change, Set<String> trusted, List<CheckpointReader.Run> runs) {
        return trusted.contains(key)
                && runs.stream()
                        .map(CheckpointReader.Run::last)
                        .anyMatch(last ->
                                last.seal().key().equals(key)
                                        && last.sequence() >= change.sequence());
    }
}
