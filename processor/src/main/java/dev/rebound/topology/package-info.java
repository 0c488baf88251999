/**
 * The Kafka Streams application. {@link dev.rebound.topology.ReboundTopology} reads like a table of contents; the
 * processors behind its steps fetch, ask the pure core, store and forward.
 */
package dev.rebound.topology;
