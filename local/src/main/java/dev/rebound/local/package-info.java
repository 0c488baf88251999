/**
 * What Rebound needs on one machine: a Kafka broker in this JVM, a schema registry beside it, and a directory for the
 * data of both. Entry point: {@link dev.rebound.local.LocalStack}. Everything listens on loopback only.
 */
package dev.rebound.local;
