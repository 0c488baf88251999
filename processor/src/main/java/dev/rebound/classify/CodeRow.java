package dev.rebound.classify;

import dev.rebound.schema.BounceType;

/**
 * What the code table says of one code at one moment, its origins merged field by field.
 *
 * @param id which code
 * @param category what the code stands for; null when no origin says
 * @param bounceType {@code HARD} or {@code SOFT} for final failures; null leaves it to the status class
 * @param summary short wording of the code's source; null when no origin has one. A label, not evidence
 * @param description longer wording of the code's source; null when no origin has one
 * @param explanation what the code means in practice, in Rebound's words; null when no origin has one
 * @param reference where the code is defined; null when no origin says
 * @param origins the origins that said something, the strongest first, separated by {@code +}
 */
public record CodeRow(
        CodeId id,
        Category category,
        BounceType bounceType,
        String summary,
        String description,
        String explanation,
        String reference,
        String origins) {}
