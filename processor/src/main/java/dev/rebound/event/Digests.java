package dev.rebound.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256, for telling contents apart and for deriving event ids. */
public final class Digests {
    private static final int ID_BYTES = 16;

    private Digests() {}

    /** A digest to be fed. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Digest of a content, in hexadecimal. */
    public static String hex(byte[] content) {
        return hexOf(sha256().digest(content));
    }

    /** A digest in hexadecimal. */
    public static String hexOf(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** The first 128 bits of the text's digest in URL-safe base 64, 22 characters. */
    public static String id(String text) {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ID_BYTES));
    }

    /** A number that stands for a content where nobody tries to find another of the same: 64 bits of FNV-1a, never 0. */
    public static long fnv(byte[] content) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : content) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }
}
