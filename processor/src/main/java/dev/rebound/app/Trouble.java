package dev.rebound.app;

import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.SchemaRegistryException;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells trouble that passes by itself, such as a broker that restarts, from trouble that somebody has to end. */
public final class Trouble {

    /** How Kafka's clients begin what they say of brokers whose names no server of names knows (yet). */
    private static final String UNRESOLVABLE = "No resolvable bootstrap urls";

    private Trouble() {}

    /** The same may work later without anybody's help. */
    public static boolean mayPass(Throwable problem) {
        return causes(problem).anyMatch(Trouble::passes);
    }

    private static boolean passes(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof RegistryUnavailableException
                || cause instanceof SchemaRegistryException registry
                        && registry.kind() == SchemaRegistryException.Kind.AWAY
                || cause instanceof ConfigException unresolvable
                        && unresolvable.getMessage().startsWith(UNRESOLVABLE);
    }

    /** What is at the bottom of a problem. */
    static Throwable root(Throwable problem) {
        return causes(problem).reduce(problem, (above, cause) -> cause);
    }

    /** The problem and its causes, from the outside in. */
    public static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, cause -> cause != null, Throwable::getCause);
    }
}
