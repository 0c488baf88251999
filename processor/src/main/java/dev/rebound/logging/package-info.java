/** How log lines look, as text or JSON, and what they never hold: e-mail addresses. */
package dev.rebound.logging;
