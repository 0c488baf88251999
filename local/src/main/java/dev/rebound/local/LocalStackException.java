package dev.rebound.local;

/** A part of the local stack cannot start or has stopped. The message is for the user: problem, reason, remedy. */
public final class LocalStackException extends Exception {

    /**
     * @param problem what does not work, naming the input; without a full stop
     * @param reason why, as far as known; without a full stop
     * @param remedy what the user can do; a whole sentence
     * @param cause the technical cause, or null
     */
    LocalStackException(String problem, String reason, String remedy, Throwable cause) {
        super(problem + ": " + reason + ". " + remedy, cause);
    }
}
