/**
 * What the whole processor costs beside moving the same bytes through Kafka: the same events through several programs in turn, each a
 * process of its own, their outputs checked.
 */
package dev.rebound.bench;
