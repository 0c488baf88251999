package dev.rebound.suppressions;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.Topics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/** All ways to change suppressions. Connects when it is first needed; can be used by several threads. */
public final class SuppressionChanges implements AutoCloseable {

    private final SuppressionFeed feed;
    private final CommandLog log;
    private final CommandSink sink;
    private final ProcessedCommands processed;
    private final Optional<Erasure> erasure;
    private final Topics topics;
    private final Runnable close;

    SuppressionChanges(
            SuppressionFeed feed,
            CommandLog log,
            CommandSink sink,
            ProcessedCommands processed,
            Optional<Erasure> erasure,
            Topics topics,
            Runnable close) {
        this.feed = feed;
        this.log = log;
        this.sink = sink;
        this.processed = processed;
        this.erasure = erasure;
        this.topics = topics;
        this.close = close;
    }

    /**
     * Changes on the cluster of a configuration.
     *
     * @param writerSchemas schemas of what is read
     * @param schemas id of the schema of commands, which must be registered
     * @throws ConfigException when the key for erased addresses cannot be used
     */
    public static SuppressionChanges of(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        CommandWriter writer = new CommandWriter(config, schemas);
        return new SuppressionChanges(
                new FeedReader(config, writerSchemas, schemas),
                new CommandLogReader(config, writerSchemas, schemas),
                writer,
                new CommittedCommands(config),
                config.erasure(),
                config.topics(),
                writer::close);
    }

    /**
     * Gives commands about addresses and domains, and returns when they are durable. What is removed is removed from its stand-in,
     * too: an erased address can come back like any other.
     *
     * @throws IllegalArgumentException when one of them breaks the rules of {@link dev.rebound.suppress.Commands}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer; some commands may have been written
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    public void give(List<SuppressionCommand> commands) {
        sink.write(commands.stream()
                .flatMap(command -> Stream.concat(Stream.of(PlacedCommand.of(command)), standInOf(command).stream()))
                .toList());
    }

    /** What has to be done for an address' stand-in when this is done for the address. */
    private Optional<PlacedCommand> standInOf(SuppressionCommand command) {
        if (command.getAction() != SuppressionAction.REMOVE
                || new SuppressionKey(SuppressionList.ALL, command.getAddress()).isDomain()) {
            return Optional.empty();
        }
        return erasure.map(hashes -> new PlacedCommand(
                SuppressionCommand.newBuilder(command)
                        .setAction(SuppressionAction.ERASE)
                        .setAddress(hashes.standIn(command.getAddress()))
                        .build(),
                command.getAddress()));
    }

    /** Removal in bulk. */
    public BulkRemoval removal() {
        return new BulkRemoval(feed, sink);
    }

    /** Import of lists. */
    public ImportList imports() {
        return new ImportList(feed, log, sink, erasure);
    }

    /**
     * Erasure of addresses.
     *
     * @throws ConfigException when no key for their stand-ins is configured
     */
    public EraseAddress erasure() {
        return new EraseAddress(
                feed,
                log,
                sink,
                processed,
                erasure.orElseThrow(() -> new ConfigException(ReboundConfig.ERASE_KEY
                        + " is not set: without it an erased address would not stay suppressed; make one with"
                        + " openssl rand -hex 32 and give it to all instances and to this command, for good")),
                topics);
    }

    @Override
    public void close() {
        close.run();
    }
}
