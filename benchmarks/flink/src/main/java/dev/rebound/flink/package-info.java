/** The processor's whole job as an Apache Flink job: the same core, topics and guarantees, for measurements. */
package dev.rebound.flink;
