package dev.rebound.local;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a user can choose about a local stack.
 *
 * @param dataDirectory directory for everything that is kept; created when missing
 * @param brokerPort port of the broker on loopback, 0 to pick a free one
 * @param registryPort port of the schema registry on loopback, 0 to pick a free one
 */
public record LocalStackOptions(Path dataDirectory, int brokerPort, int registryPort) {

    /** Refuses a missing directory; ports are checked at the start. */
    public LocalStackOptions {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
    }
}
