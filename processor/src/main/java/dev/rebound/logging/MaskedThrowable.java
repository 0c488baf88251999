package dev.rebound.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;

/**
 * An exception as it may be written: its message, and those of its causes, are masked.
 *
 * @param of the exception
 */
record MaskedThrowable(IThrowableProxy of) implements IThrowableProxy {

    /** The masked form; null for null. */
    static IThrowableProxy of(IThrowableProxy problem) {
        return problem == null ? null : new MaskedThrowable(problem);
    }

    @Override
    public String getMessage() {
        return AddressMask.mask(of.getMessage());
    }

    @Override
    public String getClassName() {
        return of.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return of.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return of.getCommonFrames();
    }

    @Override
    public IThrowableProxy getCause() {
        return of(of.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return Arrays.stream(of.getSuppressed()).map(MaskedThrowable::of).toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
        return of.isCyclic();
    }
}
