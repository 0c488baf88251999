package dev.rebound.local;

import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;

/**
 * Prints the logging system's own warnings and errors (a log file that cannot be written) to standard error. Without any
 * listener it would print them to standard output, which belongs to the results of commands.
 */
public final class LoggingTrouble implements StatusListener {

    @Override
    public void addStatusEvent(Status status) {
        if (status.getEffectiveLevel() >= Status.WARN) {
            System.err.println("Logging: " + status.getMessage());
        }
    }
}
