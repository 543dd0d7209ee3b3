package dev.tierwise.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A pair of Ed25519 keys.
///
/// @param secret signs
/// @param open checks
/// @param id the first 32 hexadecimal digits of the SHA-256 of the open key's encoding
record SigningKey(PrivateKey secret, PublicKey open, String id) {
    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PROBE = "tierwise".getBytes(StandardCharsets.US_ASCII);

    static SigningKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic(), id(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    static String id(PublicKey open) {
        return Digest.of(open.getEncoded()).substring(0, 32);
    }

    /// The pair, if the two belong together.
    static @Nullable SigningKey of(PrivateKey secret, PublicKey open) {
        var pair = new SigningKey(secret, open, id(open));
        return check(open, PROBE, pair.sign(PROBE)) ? pair : null;
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs any text", e);
        }
    }

    static boolean check(PublicKey open, byte[] text, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(open);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    String secretText() {
        return pem("PRIVATE KEY", secret.getEncoded());
    }

    static String openText(PublicKey open) {
        return pem("PUBLIC KEY", open.getEncoded());
    }

    /// The secret key in a PKCS#8 PEM text; null when there is none.
    static @Nullable PrivateKey secret(String pem) {
        byte[] bytes = bytes("PRIVATE KEY", pem);
        try {
            return bytes == null
                    ? null
                    : KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    /// The public key in an X.509 PEM text; null when there is none.
    static @Nullable PublicKey open(String pem) {
        byte[] bytes = bytes("PUBLIC KEY", pem);
        try {
            return bytes == null
                    ? null
                    : KeyFactory.getInstance(ALGORITHM)
                            .generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    private static String pem(String what, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(what, lines.encodeToString(bytes), what)
                .replace("\r\n", "\n");
    }

    private static byte @Nullable [] bytes(String what, String pem) {
        String begin = "-----BEGIN " + what + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + what + "-----");
        if (from < 0 || to < from) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
