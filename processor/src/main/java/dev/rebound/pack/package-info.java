/** The compact form in which state and internal topics keep their values. */
package dev.rebound.pack;
