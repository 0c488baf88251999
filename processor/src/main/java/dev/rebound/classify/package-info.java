/**
 * The classifier core: pure functions and values, without Kafka, files or clocks.
 *
 * <p>{@link dev.rebound.classify.Classifier} is the way in. {@code ReplyCodes} finds codes in a text,
 * {@code Codes} settles which of them counts, {@link dev.rebound.classify.CodeTable} knows what they mean.
 */
package dev.rebound.classify;
