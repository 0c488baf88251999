package dev.rebound.check;

/**
 * What one check found.
 *
 * @param check what was looked at, in a few words
 * @param result how it is
 * @param finding what was found, or why nothing was looked at; never a secret
 * @param remedy the command to run or the key to change; empty when there is nothing to mend
 */
public record Finding(String check, Result result, String finding, String remedy) {

    /** How it is. */
    public enum Result {
        /** As it should be. */
        OK,
        /** Works, and somebody should know. */
        NOTED,
        /** Rebound does not work with this, or not as promised. */
        FAILED,
        /** Not looked at, as something else failed. */
        SKIPPED
    }
}
