package dev.rebound.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.rebound.mail.Verp;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Keys of signed envelope senders. */
final class VerpKeys {

    private static final String FORMAT = "rebound.verp.format";
    private static final String KEY = "rebound.verp.key";
    private static final String MAX_AGE_DAYS = "rebound.verp.max.age.days";

    private VerpKeys() {}

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        FORMAT,
                        Type.STRING,
                        null,
                        MEDIUM,
                        "Signed envelope sender that mail is sent with, such as"
                                + " bounce+{recipient}+{date}+{signature}@bounces.example.com. A bounce to such an address says"
                                + " by it who was mailed, and is VERIFIED. topology-docs/verp.md has the algorithm.")
                .define(
                        KEY,
                        Type.PASSWORD,
                        null,
                        MEDIUM,
                        "Secret that envelope senders are signed with, at least " + Verp.SHORTEST_KEY
                                + " characters. Make one with openssl rand -hex 32.")
                .define(
                        MAX_AGE_DAYS,
                        Type.INT,
                        30,
                        between(0, 36_500),
                        MEDIUM,
                        "For how many days after sending a signed envelope sender counts; 0 for ever.");
    }

    /**
     * The envelope senders; empty when none are configured.
     *
     * @throws ConfigException when only one of format and key is there, or one of them cannot be used
     */
    static Optional<Verp> verp(AbstractConfig config) {
        String format = config.getString(FORMAT);
        Password key = config.getPassword(KEY);
        if (format == null && key == null) {
            return Optional.empty();
        }
        if (format == null || key == null) {
            throw new ConfigException((format == null ? KEY : FORMAT) + " is set and " + (format == null ? FORMAT : KEY)
                    + " is not; set both");
        }
        try {
            return Optional.of(new Verp(format, key.value(), config.getInt(MAX_AGE_DAYS)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(FORMAT + " or " + KEY + ": " + e.getMessage());
        }
    }
}
