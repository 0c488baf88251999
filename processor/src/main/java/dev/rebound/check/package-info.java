/** Verifies a configuration against what it names: brokers, registry, topics, permissions, this machine. */
package dev.rebound.check;
