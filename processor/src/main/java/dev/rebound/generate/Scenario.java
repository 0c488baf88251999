package dev.rebound.generate;

import dev.rebound.json.NearestName;
import java.util.List;
import java.util.stream.Stream;

/** What happens in generated traffic. All but {@link #ORDINARY} lay an incident over ordinary traffic. */
public enum Scenario {
    /** Nothing special. */
    ORDINARY("ordinary", "nothing special"),
    /** A provider puts mail off with growing delays, and takes it in the end. */
    THROTTLE("throttle", "a provider puts mail off for an hour, then takes it"),
    /** A campaign goes to a list with many addresses that are no more. */
    STALE_LIST("stale-list", "a campaign to a list that nobody has looked after"),
    /** A provider answers {@code 550 5.1.1} to everyone for an hour, then takes mail for the same recipients. */
    OUTAGE("outage", "a provider answers 550 5.1.1 to everyone for an hour"),
    /** First a provider throttles, then a campaign goes to a stale list: hours with something to find in them. */
    MORNING("morning", "after two hours a provider throttles, after four a campaign goes to a stale list");

    private final String text;
    private final String description;

    Scenario(String text, String description) {
        this.text = text;
        this.description = description;
    }

    /** The name that users write. */
    public String text() {
        return text;
    }

    /** What happens, in a few words. */
    public String description() {
        return description;
    }

    /** All names, in the order of declaration. */
    public static List<String> names() {
        return Stream.of(values()).map(Scenario::text).toList();
    }

    /**
     * The scenario of a name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the names
     */
    public static Scenario of(String name) {
        return Stream.of(values())
                .filter(scenario -> scenario.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + " (expected: one of "
                        + String.join(", ", names()) + "; did you mean " + NearestName.of(name, names()) + "?)"));
    }
}
