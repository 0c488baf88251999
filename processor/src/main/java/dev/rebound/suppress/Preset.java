package dev.rebound.suppress;

import java.util.List;

/**
 * A policy that ships.
 *
 * @param policy the policy
 * @param description what it does, in a sentence or two
 * @param sources where its facts are from, and how sure they are
 * @param differences what of the model's behaviour it does not do; empty when there is no model
 * @param text its file, which can be used as a policy file
 */
public record Preset(Policy policy, String description, List<String> sources, List<String> differences, String text) {

    /** Copies the lists. */
    public Preset {
        sources = List.copyOf(sources);
        differences = List.copyOf(differences);
    }
}
