/** Rules that every delivery event keeps, wherever it comes from: its tenant and the key of its record. */
package dev.rebound.event;
