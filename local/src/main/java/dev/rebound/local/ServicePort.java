package dev.rebound.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The TCP ports on loopback that a user of the local stack can choose, each with its option and default. */
public enum ServicePort {
    /** Kafka broker. */
    BROKER("the Kafka broker", "--broker-port", 19092),
    /** Schema registry. */
    REGISTRY("the schema registry", "--registry-port", 18081),
    /** Rebound's own HTTP interface and dashboard. */
    HTTP("Rebound's HTTP interface", "--http-port", 18080);

    /** The only address that the local stack listens on. */
    static final String LOOPBACK = "127.0.0.1";

    private static final int HIGHEST = 65_535;

    private final String purpose;
    private final String option;
    private final int defaultPort;

    ServicePort(String purpose, String option, int defaultPort) {
        this.purpose = purpose;
        this.option = option;
        this.defaultPort = defaultPort;
    }

    /** The command line option that changes this port, with its two hyphens. */
    public String option() {
        return option;
    }

    /** The port taken when the user names none. */
    public int defaultPort() {
        return defaultPort;
    }

    /**
     * Finds out whether a port is free, without keeping it: whoever is to listen there opens it afterwards.
     *
     * @param wanted port number, or 0 to pick a free one
     * @return the port to listen on; never 0
     * @throws LocalStackException when the number is no port or the port cannot be opened; names port, purpose and option
     */
    public int resolve(int wanted) throws LocalStackException {
        if (wanted < 0 || wanted > HIGHEST) {
            throw new LocalStackException(
                    "Port " + wanted + " for " + purpose + " is no TCP port",
                    "a port is a number from 1 to " + HIGHEST + ", or 0 to pick a free one",
                    "Correct " + option + ".",
                    null);
        }
        try {
            return open(wanted);
        } catch (IOException e) {
            throw new LocalStackException(
                    "Port " + wanted + " on " + LOOPBACK + ", wanted for " + purpose + ", cannot be opened",
                    e.getMessage(),
                    "Stop the program that uses it, or choose another port with " + option + " (0 picks a free one).",
                    e);
        }
    }

    /**
     * A port on loopback that nothing listens on at this moment.
     *
     * @throws IOException when the machine has none left
     */
    static int free() throws IOException {
        return open(0);
    }

    private static int open(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return socket.getLocalPort();
        }
    }
}
