/**
 * Decides which addresses must not be written to. {@link dev.rebound.suppress.History} keeps what is known of an address,
 * {@link dev.rebound.suppress.Policy} says what follows, {@link dev.rebound.suppress.Decision} is what follows. All of it is
 * values and functions; the topology keeps them and asks.
 */
package dev.rebound.suppress;
