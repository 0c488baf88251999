package dev.rebound.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A host and a port that something should listen on. */
record Address(String host, int port) {

    private static final Duration LOOK_UP = Duration.ofSeconds(4);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);
    private static final int HIGHEST_PORT = 65_535;

    /**
     * An address as it is written in {@code bootstrap.servers}.
     *
     * @throws IllegalArgumentException when it is not {@code host:port}
     */
    static Address parse(String text) {
        String address = text.strip().replaceFirst("^[A-Za-z_]+://", "");
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
            throw new IllegalArgumentException(text.strip() + " is no address (expected: host:port)");
        }
        return new Address(address.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(port));
    }

    /**
     * Finds out why it cannot be connected to.
     *
     * @param answers what to ask on
     * @param key the configuration key that names it, for the remedy
     * @return null when it can
     */
    Problem reach(Answers answers, String key) throws InterruptedException {
        try {
            Future<InetAddress[]> names = answers.ask(() -> InetAddress.getAllByName(host));
            InetAddress[] addresses = answers.within(LOOK_UP, names);
            Future<Void> connected = answers.ask(() -> connect(addresses[0]));
            answers.within(CONNECT.plusSeconds(1), connected);
            return null;
        } catch (TimeoutException e) {
            return noAnswer(key);
        } catch (ExecutionException e) {
            return problem(e.getCause(), key);
        }
    }

    private Void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) CONNECT.toMillis());
        }
        return null;
    }

    private Problem problem(Throwable cause, String key) {
        if (cause instanceof UnknownHostException) {
            return new Problem(
                    "unknown host (" + cause.getMessage() + ")",
                    "correct the name in " + key + ", or make DNS know it");
        }
        if (cause instanceof SocketTimeoutException) {
            return noAnswer(key);
        }
        return new Problem(
                "no connection: " + cause.getMessage(),
                "start what should listen on port " + port + " of " + host + ", or correct " + key);
    }

    private Problem noAnswer(String key) {
        return new Problem(
                "no connection within " + CONNECT.toSeconds() + " s",
                "look for a firewall on the way to port " + port + " of " + host + ", or correct " + key);
    }

    /** Whether what listens here speaks TLS, whatever its certificate; false when it does not answer. */
    boolean speaksTls() {
        SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            plain.setSoTimeout((int) HANDSHAKE.toMillis());
            try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
                socket.startHandshake();
                return true;
            }
        } catch (IOException e) {
            // A certificate that is not trusted, or an alert, has come through TLS.
            return Problem.isCausedBy(e, CertificateException.class)
                    || Problem.everything(e).contains("fatal alert");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
