/** What the steps behind classification cost, without Kafka. */
package dev.rebound.topology;
