package dev.rebound.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine calls itself. */
final class Hosts {

    private Hosts() {}

    static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
