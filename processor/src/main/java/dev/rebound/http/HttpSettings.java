package dev.rebound.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.types.Password;

/**
 * Where the server listens, whom it trusts, and what it lets a client take up.
 *
 * @param host address that it listens on
 * @param port port; 0 takes a free one
 * @param token what a request must bring where a token is needed; null when none is configured
 * @param tls null for plain HTTP
 * @param limits bounds
 */
public record HttpSettings(String host, int port, Password token, Tls tls, Limits limits) {

    /** What a token has to be, in words. */
    public static final String USABLE_TOKEN = "at least 16 letters, digits or any of -._~+/";

    /** What RFC 6750 section 2.1 lets a bearer token consist of; shorter ones can be guessed. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,512}=*");

    /** A text can be a token. */
    public static boolean isUsableToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** Scheme of the server's addresses: http or https. */
    public String scheme() {
        return tls == null ? "http" : "https";
    }

    /**
     * The server's own key and certificates. They are read when the server starts.
     *
     * @param keyStore file
     * @param password of the store and of the key in it
     * @param type PKCS12 or JKS
     */
    public record Tls(Path keyStore, Password password, String type) {}

    /**
     * Bounds on what clients can take up, all of them together or each of them.
     *
     * @param bodyBytes largest body of a request
     * @param headerBytes largest head of a request: its line and its headers
     * @param connections how many connections are open at a time; more wait
     * @param request longest time for a request, from its first byte to the last byte of the answer; a connection without a
     *     request is closed after it, too
     * @param threads largest number of threads that serve requests
     */
    public record Limits(int bodyBytes, int headerBytes, int connections, Duration request, int threads) {}
}
