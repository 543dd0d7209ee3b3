package dev.tierwise.audit;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of JSON that ends with a key's id and a signature. What is signed is the line `tierwise
/// KIND 1`, an end of line, and the bytes before the comma before the signature: so no line of one
/// kind can pass for one of another.
///
/// @param signed the text before the comma before the signature
/// @param key the id of the key
/// @param signature the signature in hexadecimal
record Seal(String signed, String key, String signature) {
    static final String CHECKPOINT = "checkpoint";
    static final String PRUNED = "pruned";
    static final String NO_EGRESS = "no-egress";

    private static final Pattern END =
            Pattern.compile(",\"key\":\"([0-9a-f]{32})\",\"signature\":\"([0-9a-f]{128})\"}");

    /// The whole line, without its end.
    ///
    /// @param object an object of JSON without its closing brace
    static String line(String kind, String object, SigningKey key) {
        String signed = object + ",\"key\":\"" + key.id() + "\"";
        return signed + ",\"signature\":\"" + Digest.hex(key.sign(bytes(kind, signed))) + "\"}";
    }

    /// The parts of a line; null when it is not sealed.
    static @Nullable Seal read(String line) {
        int at = line.lastIndexOf(",\"key\":\"");
        if (at < 0) {
            return null;
        }
        Matcher end = END.matcher(line).region(at, line.length());
        return end.matches()
                ? new Seal(
                        line.substring(0, line.lastIndexOf(",\"signature\"")),
                        end.group(1),
                        end.group(2))
                : null;
    }

    boolean holds(String kind, PublicKey open) {
        return SigningKey.id(open).equals(key)
                && SigningKey.check(open, bytes(kind, signed), Digest.read(signature));
    }

    private static byte[] bytes(String kind, String signed) {
        return ("tierwise " + kind + " 1\n" + signed).getBytes(StandardCharsets.UTF_8);
    }
}
