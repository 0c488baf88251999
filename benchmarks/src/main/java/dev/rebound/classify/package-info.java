/** Benchmarks of the classifier; in its package, because they measure its parts. */
package dev.rebound.classify;
