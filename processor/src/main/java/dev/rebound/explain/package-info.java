/** Explanations of classifications as JSON, the same for commands and for HTTP. */
package dev.rebound.explain;
