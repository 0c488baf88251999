/** The topic {@code status-codes}: loading the shipped rows, reading and changing rows. */
package dev.rebound.codes;
