package dev.rebound.ingest;

import java.util.function.BooleanSupplier;

/**
 * Whether the run shall end after the unit at hand: because the caller says so, or because its thread was interrupted. An
 * interrupt is held back until everything read is stored and noted, which an interrupted thread could not wait for.
 */
final class StopRequest {
    private final BooleanSupplier asked;
    private boolean interrupted;

    StopRequest(BooleanSupplier asked) {
        this.asked = asked;
    }

    boolean isMade() {
        holdBackInterrupt();
        return interrupted || asked.getAsBoolean();
    }

    /** Called before what an interrupt would break off: closing a file under a write, for one. */
    void holdBackInterrupt() {
        interrupted |= Thread.interrupted();
    }

    void passOnInterrupt() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
