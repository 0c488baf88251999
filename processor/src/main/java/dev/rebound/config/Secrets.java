package dev.rebound.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords and the like of a configuration, to be kept out of what is printed. */
public final class Secrets {

    private static final String HIDDEN = "[hidden]";

    /** Shorter ones cannot be told from ordinary words, and hide nothing. */
    private static final int SHORTEST = 3;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|secret|token|user\\.info|jaas\\.config|ssl\\.keystore\\.key|private\\.key|verp\\.key");

    /** Names that only speak of a secret: where it is, whence it comes, how long it counts. */
    private static final Pattern ABOUT_A_SECRET =
            Pattern.compile("\\.(source|url|location|file|path|class|ms|seconds|name|type)$");

    private static final Pattern USER_OF_URL = Pattern.compile("://([^/@\\s,]*)@");

    /** In a JAAS configuration all that comes after the first secret option is taken apart, as it may be misspelt. */
    private static final Pattern FIRST_SECRET_OPTION = Pattern.compile("(?is)(password|secret|token)\\w*\\s*=(.*)");

    private static final Pattern BETWEEN_PIECES = Pattern.compile("[\\s\"';=]+");

    private static final Set<String> WORDS_OF_JAAS =
            Set.of("required", "requisite", "sufficient", "optional", "username", "password", "true", "false");

    private final List<String> values;

    private Secrets(Set<String> values) {
        this.values = values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The secrets among these keys and values, as a user wrote them. */
    public static Secrets of(Map<String, String> keys) {
        Set<String> values = new TreeSet<>();
        keys.forEach((key, value) -> {
            String name = key.toLowerCase(Locale.ROOT);
            Matcher user = USER_OF_URL.matcher(value);
            while (user.find()) {
                values.add(user.group(1));
                values.add(afterColon(user.group(1)));
            }
            if (!isSecret(name)) {
                return;
            }
            values.add(value);
            if (name.endsWith("user.info")) {
                values.add(afterColon(value));
            } else if (name.endsWith("jaas.config")) {
                addPieces(value, values);
            }
        });
        return new Secrets(values);
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find() && !ABOUT_A_SECRET.matcher(name).find();
    }

    private static String afterColon(String userInfo) {
        return userInfo.substring(userInfo.indexOf(':') + 1);
    }

    private static void addPieces(String jaas, Set<String> values) {
        Matcher secret = FIRST_SECRET_OPTION.matcher(jaas);
        if (secret.find()) {
            BETWEEN_PIECES
                    .splitAsStream(secret.group(2))
                    .filter(piece -> !WORDS_OF_JAAS.contains(piece.toLowerCase(Locale.ROOT)))
                    .forEach(values::add);
            Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(secret.group(2));
            while (quoted.find()) {
                values.add(quoted.group(1));
            }
        }
    }

    /** The text with every secret in it replaced. */
    public String hide(String text) {
        String shown = text;
        for (String value : values) {
            shown = shown.replace(value, HIDDEN);
        }
        return shown;
    }
}
