package dev.tierwise.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of a trail on disk: the secret one that only its owner can read, its public one beside
/// it, and all public keys there ever were.
///
/// @param folder of the trail
record KeyFiles(Path folder) {
    static final String SECRET = "key";
    static final String OPEN = "key.pub";
    static final String KEPT = "keys";

    /// The key that signs; null when the file is not there or holds none with a public key here.
    @Nullable SigningKey read() throws IOException {
        Path file = folder.resolve(SECRET);
        if (!Files.exists(file)) {
            return null;
        }
        PrivateKey secret = SigningKey.secret(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (secret == null) {
            return null;
        }
        for (PublicKey open : open()) {
            SigningKey pair = SigningKey.of(secret, open);
            if (pair != null) {
                return pair;
            }
        }
        return null;
    }

    boolean there() {
        return Files.exists(folder.resolve(SECRET));
    }

    /// Keeps the public key of a pair among all others.
    void keep(SigningKey key) throws IOException {
        Private.folder(folder.resolve(KEPT));
        Private.replace(
                folder.resolve(KEPT).resolve(key.id() + ".pub"), SigningKey.openText(key.open()));
    }

    /// Makes a pair the one that signs.
    void use(SigningKey key) throws IOException {
        Private.replace(folder.resolve(SECRET), key.secretText());
        show(key);
    }

    /// Sees to it that the public key beside the secret one is its own.
    void show(SigningKey key) throws IOException {
        Path file = folder.resolve(OPEN);
        String text = SigningKey.openText(key.open());
        if (!Files.exists(file)
                || !Files.readString(file, StandardCharsets.ISO_8859_1).equals(text)) {
            Private.replace(file, text);
        }
    }

    private List<PublicKey> open() throws IOException {
        var found = new ArrayList<PublicKey>();
        PublicKey beside = PublicKeys.read(folder.resolve(OPEN));
        if (beside != null) {
            found.add(beside);
        }
        if (Files.isDirectory(folder.resolve(KEPT))) {
            try (Stream<Path> files = Files.list(folder.resolve(KEPT))) {
                for (Path file : files.toList()) {
                    PublicKey key = PublicKeys.read(file);
                    if (key != null) {
                        found.add(key);
                    }
                }
            }
        }
        return found;
    }
}
