/** Measures the classifier against replies whose cause is known. */
package dev.rebound.evaluate;
