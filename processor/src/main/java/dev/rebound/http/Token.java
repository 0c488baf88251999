package dev.rebound.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.common.config.types.Password;

/** The token that requests must bring. Only its hash is kept. */
final class Token {

    private final byte[] hash;

    private Token(byte[] hash) {
        this.hash = hash;
    }

    /** The token of a secret; null for null. */
    static Token of(Password secret) {
        return secret == null ? null : new Token(sha256(secret.value()));
    }

    /** Takes equally long for every guess: what is compared are hashes, to the end. */
    boolean is(String guess) {
        return MessageDigest.isEqual(hash, sha256(guess));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
