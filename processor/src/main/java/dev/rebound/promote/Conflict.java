package dev.rebound.promote;

/**
 * Something that live says otherwise since the replay, or since the promotion.
 *
 * @param key what it is about: {@code list|address} of an address, {@code operator/id} of a row
 * @param reason what stands against it, in words
 */
public record Conflict(String key, String reason) {}
