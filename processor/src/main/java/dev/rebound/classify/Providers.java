package dev.rebound.classify;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Knows who hosts a receiving domain by the name of the server that answers for it. */
final class Providers {

    /** Longest host name, RFC 1035 section 2.3.4; going through the labels of a longer text would take quadratic time. */
    private static final int MAX_NAME_LENGTH = 253;

    private static final Providers SHIPPED = new Providers();

    private final Map<String, String> bySuffix = new HashMap<>();

    private Providers() {
        ShippedTable.read("providers.tsv").rows().forEach(row -> bySuffix.put(row.get("suffix"), row.get("provider")));
    }

    /** All providers, in alphabetical order. */
    Set<String> names() {
        return new TreeSet<>(bySuffix.values());
    }

    static Providers shipped() {
        return SHIPPED;
    }

    /**
     * The provider whose suffix is the longest one of the host's name; null when the host is null, unknown or longer than
     * a name can be.
     */
    String of(String remoteHost) {
        if (remoteHost == null) {
            return null;
        }
        String name = remoteHost.strip().toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > MAX_NAME_LENGTH) {
            return null;
        }
        while (true) {
            String provider = bySuffix.get(name);
            if (provider != null) {
                return provider;
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return null;
            }
            name = name.substring(dot + 1);
        }
    }
}
