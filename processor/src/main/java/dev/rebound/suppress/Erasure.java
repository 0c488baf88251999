package dev.rebound.suppress;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the stand-ins of addresses whose owners want to be forgotten: a keyed hash (HMAC-SHA-256, RFC 2104) by which an address that
 * somebody holds can be recognised, and from which nobody can learn one, not by trying all addresses either, without the key.
 */
public final class Erasure {

    /** Shortest key, in characters. */
    public static final int SHORTEST_KEY = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * With a secret key, which must stay the same for good: under another one, no address that was erased is recognised.
     *
     * @throws IllegalArgumentException when it is shorter than {@value #SHORTEST_KEY} characters
     */
    public Erasure(String key) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("the key has " + key.length() + " characters (expected: at least "
                    + SHORTEST_KEY + "); make one with: openssl rand -hex 32");
        }
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The stand-in of an address in normal form, as it stands in keys: {@code hash:} and 64 hexadecimal digits. */
    public String standIn(String address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return SuppressionKey.HASH
                    + HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
