package dev.rebound.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.PolicyFile;
import dev.rebound.suppress.Preset;
import dev.rebound.suppress.Presets;
import dev.rebound.yaml.InvalidYamlException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Keys of suppression. */
final class SuppressionKeys {

    private static final String FORGET_DAYS = "rebound.suppression.forget.days";

    private SuppressionKeys() {}

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        ReboundConfig.SUPPRESSION_POLICY,
                        Type.STRING,
                        Presets.DEFAULT,
                        new NonEmptyString(),
                        MEDIUM,
                        "When addresses are suppressed, and for how long: the name of a preset ("
                                + String.join(", ", Presets.names())
                                + "), or the path of a policy file. All instances need the same. topology-docs/policy.md says how"
                                + " one is written.")
                .define(
                        ReboundConfig.ERASE_KEY,
                        Type.PASSWORD,
                        null,
                        MEDIUM,
                        "Secret under which rebound erase keeps the hash of an address that must stay suppressed, at least "
                                + Erasure.SHORTEST_KEY + " characters. The same for all instances, and for good: under"
                                + " another one no erased address is recognised. Make one with openssl rand -hex 32.")
                .define(
                        FORGET_DAYS,
                        Type.INT,
                        400,
                        between(31, 36_500),
                        LOW,
                        "After how many days the evidence against an address that is not suppressed is dropped, counted from when"
                                + " it happened or became known, whichever is later. Longer than the longest span of a policy.");
    }

    /**
     * What recognises erased addresses; empty when no key is configured.
     *
     * @throws ConfigException when the key is too short
     */
    static Optional<Erasure> erasure(AbstractConfig config) {
        Password key = config.getPassword(ReboundConfig.ERASE_KEY);
        try {
            return Optional.ofNullable(key).map(secret -> new Erasure(secret.value()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(ReboundConfig.ERASE_KEY + ": " + e.getMessage());
        }
    }

    static Duration forgetAfter(AbstractConfig config) {
        return Duration.ofDays(config.getInt(FORGET_DAYS));
    }

    /**
     * The policies of all tenants; a file is read anew each time.
     *
     * @throws ConfigException when there is neither such a preset nor such a file, or the file cannot be used
     */
    static Policies policies(AbstractConfig config) {
        String value = config.getString(ReboundConfig.SUPPRESSION_POLICY);
        Optional<Preset> preset = Presets.find(value);
        if (preset.isPresent()) {
            return Policies.of(preset.get().policy());
        }
        try {
            Path file = Path.of(value);
            if (!Files.exists(file)) {
                throw missing(value);
            }
            return PolicyFile.read(file.toString(), new StringReader(Files.readString(file)));
        } catch (InvalidPathException e) {
            throw missing(value);
        } catch (InvalidYamlException e) {
            throw new ConfigException(ReboundConfig.SUPPRESSION_POLICY + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new ConfigException(ReboundConfig.SUPPRESSION_POLICY + ": " + value + " is no text in UTF-8");
        } catch (IOException e) {
            throw new ConfigException(
                    ReboundConfig.SUPPRESSION_POLICY + ": " + value + " cannot be read: " + e.getMessage());
        }
    }

    private static ConfigException missing(String value) {
        return new ConfigException(ReboundConfig.SUPPRESSION_POLICY + ": " + value
                + " (expected: the path of a policy file, and there is none, or " + Presets.expected(value) + ")");
    }
}
