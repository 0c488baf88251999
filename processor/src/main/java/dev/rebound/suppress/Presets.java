package dev.rebound.suppress;

import dev.rebound.json.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The policies that ship. */
public final class Presets {

    /** The one that counts where nobody chooses. */
    public static final String DEFAULT = "default";

    private static final List<String> NAMES =
            List.of(DEFAULT, "cautious", "amazon-ses", "postal", "cloudflare", "mailchimp");

    private Presets() {}

    /** All names. */
    public static List<String> names() {
        return NAMES;
    }

    /** The preset of a name; empty when there is none. */
    public static Optional<Preset> find(String name) {
        return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
    }

    /** The policy of a preset. @throws IllegalArgumentException when there is none of the name; the message says which there are */
    public static Policy get(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("preset: " + name + " (expected: " + expected(name) + ")"))
                .policy();
    }

    /** What would have been a name, for complaints. */
    public static String expected(String name) {
        return "one of " + String.join(", ", NAMES)
                + NearestName.close(name, NAMES)
                        .map(close -> "; did you mean " + close + "?")
                        .orElse("");
    }

    private static Preset read(String name) {
        String resource = "presets/" + name + ".yaml";
        try (InputStream in = Presets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from this build");
            }
            return PolicyFile.preset(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
