package dev.rebound.compare;

import dev.rebound.config.ReboundConfig;
import dev.rebound.suppress.Policies;

/**
 * One of the two that are compared.
 *
 * @param name for people: {@code live}, or the name of a replay
 * @param config its topics, application id and cluster
 * @param policies what it decides about addresses by
 * @param live it goes on: what its feed says holds now. Else it has come to its end, and what has become due since then is decided when it is
 *     compared
 */
public record Side(String name, ReboundConfig config, Policies policies, boolean live) {}
