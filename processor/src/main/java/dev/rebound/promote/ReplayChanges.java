package dev.rebound.promote;

import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppressions.SuppressionChanges;
import dev.rebound.topology.Topics;

/** What a replay can change in live. Connects when it is first needed. */
public final class ReplayChanges implements AutoCloseable {

    private final Edges edges;
    private final Runnable close;

    ReplayChanges(Edges edges, Runnable close) {
        this.edges = edges;
        this.close = close;
    }

    /**
     * Changes on the cluster of live.
     *
     * @param config configuration of live
     * @param replay topics of the replay
     * @param writerSchemas schemas of what is read
     * @param schemas ids of the schemas of what is written, which must be registered
     */
    public static ReplayChanges of(ReboundConfig config, Topics replay, WriterSchemas writerSchemas, Schemas schemas) {
        SuppressionChanges commands = SuppressionChanges.of(config, writerSchemas, schemas);
        return new ReplayChanges(
                new Edges(
                        new LiveTopics(config, writerSchemas, schemas),
                        commands::give,
                        new OperatorTopic(new CodesTopic(config, writerSchemas, schemas)),
                        new PromotedTopic(config, replay, writerSchemas, schemas)),
                commands::close);
    }

    /** Brings to live what the replay came to. */
    public Promotion promotion() {
        return new Promotion(edges);
    }

    /** Undoes that. */
    public Rollback rollback() {
        return new Rollback(edges);
    }

    @Override
    public void close() {
        close.run();
    }
}
