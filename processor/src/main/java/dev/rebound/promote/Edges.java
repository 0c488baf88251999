package dev.rebound.promote;

import dev.rebound.schema.SuppressionCommand;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a promotion touches.
 *
 * @param addresses what live says of addresses
 * @param commands gives commands about addresses, and returns when they are durable
 * @param rows the operator's rows, live
 * @param log what was promoted from the replay
 */
record Edges(LiveAddresses addresses, Consumer<List<SuppressionCommand>> commands, LiveRows rows, PromotedLog log) {}
