package dev.rebound.lookup;

import java.util.List;

/** A look-up that cannot be done as it was asked for. */
public final class InvalidLookupException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong; not serialised. */
    private final transient List<Mistake> mistakes;

    /**
     * One thing that is wrong.
     *
     * @param parameter name of the parameter
     * @param detail what was found and what was expected; quotes no address
     */
    public record Mistake(String parameter, String detail) {}

    /** @param mistakes at least one */
    InvalidLookupException(List<Mistake> mistakes) {
        super(mistakes.get(0).parameter() + ": " + mistakes.get(0).detail());
        this.mistakes = List.copyOf(mistakes);
    }

    InvalidLookupException(String parameter, String detail) {
        this(List.of(new Mistake(parameter, detail)));
    }

    /** Everything that is wrong. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
