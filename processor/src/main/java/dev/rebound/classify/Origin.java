package dev.rebound.classify;

import java.util.Arrays;

/**
 * Who says something of a code, a text rule or a provider. Declared strongest first: a field of a stronger origin hides that of
 * a weaker one.
 */
public enum Origin {
    /** The people who run Rebound. */
    OPERATOR("operator"),
    /** The list of codes that Rebound starts from; its wording and bounce types stand as they are. */
    SEED("seed"),
    /** The registry of enhanced status codes and the RFCs; adds codes and fields. */
    IANA("iana"),
    /** What else comes with the product: rules about texts, providers, and codes of large ones that nobody registered. */
    REBOUND("rebound");

    private final String text;

    Origin(String text) {
        this.text = text;
    }

    /** The origin as it stands in keys of {@code status-codes}. */
    public String text() {
        return text;
    }

    /** Reads an origin as it stands in keys. @throws InvalidRowException when it is none */
    public static Origin parse(String text) {
        return Arrays.stream(values())
                .filter(origin -> origin.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRowException("origin", text, "operator, seed, iana or rebound"));
    }
}
