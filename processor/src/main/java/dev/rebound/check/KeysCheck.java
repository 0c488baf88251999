package dev.rebound.check;

import dev.rebound.config.ClientKeys;
import dev.rebound.config.KeyOwners;
import dev.rebound.config.ReboundConfig;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** Looks at the keys and values themselves; all that is wrong is told at once. */
final class KeysCheck {

    static final String CHECK = "configuration";

    private final Map<String, String> keys;
    private final Findings findings;

    KeysCheck(Map<String, String> keys, Findings findings) {
        this.keys = new TreeMap<>(keys);
        this.findings = findings;
    }

    /** The configuration; null when there is none, which the findings explain. */
    ReboundConfig run() {
        keys.keySet().stream().filter(key -> !KeyOwners.isKnown(key)).forEach(this::tellUnknown);
        for (ConfigValue value : ReboundConfig.DEFINITION.validate(keys)) {
            value.errorMessages()
                    .forEach(message -> findings.failed(
                            CHECK, message, "set " + value.name() + ": " + documentation(value.name())));
        }
        if (findings.hasFailure()) {
            return null;
        }
        try {
            ReboundConfig config = new ReboundConfig(keys);
            config.adminClient();
            config.http();
            config.verp();
            config.suppressionPolicies();
            ClientKeys.check(config);
            findings.ok(CHECK, keys.size() + " keys");
            return config;
        } catch (ConfigException e) {
            findings.failed(CHECK, e.getMessage(), "correct the key in the configuration file or environment");
            return null;
        }
    }

    private void tellUnknown(String key) {
        String nearest = KeyOwners.nearest(key);
        if (key.startsWith("rebound.")) {
            findings.failed(CHECK, "unknown key " + key, "did you mean " + nearest + "?");
        } else {
            findings.noted(
                    CHECK,
                    "neither Rebound, Kafka nor the registry's client knows the key " + key + "; it is passed on",
                    "did you mean " + nearest + "? A key of a plug-in of yours can stay");
        }
    }

    private static String documentation(String key) {
        return ReboundConfig.DEFINITION.configKeys().get(key).documentation;
    }
}
