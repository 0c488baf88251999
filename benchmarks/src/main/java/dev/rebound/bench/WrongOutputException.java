package dev.rebound.bench;

/** A run's outputs are not what they have to be: its figures would be worth nothing. */
final class WrongOutputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongOutputException(String run, String what, Object expected, Object found) {
        super(run + ": " + what + ": expected " + expected + ", found " + found);
    }
}
