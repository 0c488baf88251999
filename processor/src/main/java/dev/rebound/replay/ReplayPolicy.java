package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import dev.rebound.replay.ReplayRequest.GivenFile;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.PolicyFile;
import dev.rebound.suppress.Preset;
import dev.rebound.suppress.Presets;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The policy of a replay, kept with it: the file that it came from may change while it runs, or be on another machine.
 *
 * @param text of a policy file; null for a preset
 * @param preset name of a policy that ships; null for a file
 */
record ReplayPolicy(String text, String preset) {

    private static final String NAME = "policy";

    /**
     * The given one, or that of live.
     *
     * @throws org.apache.kafka.common.config.ConfigException when live's cannot be used
     * @throws dev.rebound.yaml.InvalidYamlException when the given one cannot be used
     */
    static ReplayPolicy of(Optional<GivenFile> given, ReboundConfig live) throws IOException {
        if (given.isPresent()) {
            PolicyFile.read(given.get().name(), new StringReader(given.get().text()));
            return new ReplayPolicy(given.get().text(), null);
        }
        // Complains where the value is neither a preset nor a file.
        live.suppressionPolicies();
        String value = live.suppressionPolicy();
        Optional<Preset> preset = Presets.find(value);
        return preset.isPresent()
                ? new ReplayPolicy(null, value)
                : new ReplayPolicy(Files.readString(Path.of(value)), null);
    }

    static ReplayPolicy of(ReplayDefinition definition) {
        return new ReplayPolicy(definition.getPolicy(), definition.getPreset());
    }

    Policies policies() {
        return preset == null
                ? PolicyFile.read(NAME, new StringReader(text))
                : Policies.of(Presets.find(preset)
                        .orElseThrow(() -> new ReplayException("this version has no policy " + preset
                                + ", which the replay was defined with; define it anew"))
                        .policy());
    }
}
