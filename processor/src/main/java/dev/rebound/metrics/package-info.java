/** Metrics for Prometheus: Rebound's own, Kafka's and the virtual machine's. */
package dev.rebound.metrics;
