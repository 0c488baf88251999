package dev.rebound.suppressions;

import java.util.List;
import java.util.Map;

/**
 * What a removal in bulk found and did.
 *
 * @param found suppressions that are meant
 * @param byList how many of them on each list, the most first
 * @param byCategory how many of each category, {@code none} for none
 * @param byProvider how many of each provider, {@code none} for none
 * @param sample some of the addresses, masked
 * @param written commands that were written; 0 in a dry run
 * @param complete false: it was stopped before its end, and running it again continues
 */
public record Removal(
        long found,
        Map<String, Long> byList,
        Map<String, Long> byCategory,
        Map<String, Long> byProvider,
        List<String> sample,
        long written,
        boolean complete) {}
