package dev.tierwise.veil;

import dev.tierwise.detect.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What the tokens of one request stand for. Kept in memory only, each text under AES-256-GCM (NIST
/// SP 800-38D) with a key of this vault's own, so that neither a heap dump taken later nor another
/// request shows it. Once closed, or when its time is over, it opens no more. Thread-safe.
final class Vault {
    /// Letters and figures that are not taken for one another (Crockford's base 32).
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// Eight letters of 32: 40 random bits, so that nobody who can put words into an answer can
    /// guess a token.
    private static final int RANDOM_LETTERS = 8;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = new byte[KEY_BYTES];
    private final long end;
    private final String around;
    private final Map<String, byte[]> sealed = new HashMap<>();
    private final Map<ByteBuffer, String> tokens = new HashMap<>();
    private long nonces;
    private boolean open = true;

    /// @param around the text that no token may occur in
    /// @param life after which nothing can be read any more
    Vault(String around, Duration life) {
        this.around = around;
        this.end = System.nanoTime() + life.toNanos();
        random.nextBytes(key);
    }

    /// The token for `text`: the same for the same text.
    synchronized String token(String text, Kind kind) {
        if (!isOpen()) {
            throw new IllegalStateException("the vault is closed");
        }
        return tokens.computeIfAbsent(
                ByteBuffer.wrap(digest(text)),
                _ -> {
                    String token = fresh(kind);
                    sealed.put(token, seal(token, text));
                    return token;
                });
    }

    /// What `token` stands for; null when it is none of this vault's, or the vault is closed.
    synchronized @Nullable String open(String token) {
        byte[] box = sealed.get(token);
        return box == null || !isOpen() ? null : unseal(token, box);
    }

    /// All tokens.
    synchronized Set<String> tokens() {
        return new TreeSet<>(sealed.keySet());
    }

    /// Forgets everything.
    synchronized void close() {
        open = false;
        Arrays.fill(key, (byte) 0);
    }

    private boolean isOpen() {
        if (open && System.nanoTime() - end > 0) {
            close();
        }
        return open;
    }

    private String fresh(Kind kind) {
        while (true) {
            var letters = new StringBuilder(RANDOM_LETTERS);
            for (int i = 0; i < RANDOM_LETTERS; i++) {
                letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            String token = label(kind) + "_" + letters;
            if (!around.contains(letters) && !sealed.containsKey(token)) {
                return token;
            }
        }
    }

    private static String label(Kind kind) {
        return kind == Kind.NAME ? "PERSON" : kind.label();
    }

    private byte[] digest(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_16LE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    private byte[] seal(String token, String text) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(4, nonces++).array();
        byte[] shut =
                cipher(Cipher.ENCRYPT_MODE, nonce, token, text.getBytes(StandardCharsets.UTF_16LE));
        return ByteBuffer.allocate(nonce.length + shut.length).put(nonce).put(shut).array();
    }

    private String unseal(String token, byte[] box) {
        byte[] nonce = Arrays.copyOf(box, NONCE_BYTES);
        byte[] shut = Arrays.copyOfRange(box, NONCE_BYTES, box.length);
        return new String(
                cipher(Cipher.DECRYPT_MODE, nonce, token, shut), StandardCharsets.UTF_16LE);
    }

    private byte[] cipher(int mode, byte[] nonce, String token, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(token.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM, and boxes are not changed", e);
        }
    }
}
