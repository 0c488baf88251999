/** Configuration: Kafka's and Confluent's own keys pass through, Rebound's start with {@code rebound.}. */
package dev.rebound.config;
