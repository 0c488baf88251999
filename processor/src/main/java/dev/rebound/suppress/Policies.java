package dev.rebound.suppress;

import java.util.Map;
import java.util.TreeMap;

/**
 * The policies of all tenants.
 *
 * @param standard of tenants that have none of their own
 * @param tenants by tenant
 */
public record Policies(Policy standard, Map<String, Policy> tenants) {

    /** Copies the map. */
    public Policies {
        tenants = Map.copyOf(tenants);
    }

    /** One policy for all. */
    public static Policies of(Policy policy) {
        return new Policies(policy, Map.of());
    }

    /** The policy of a tenant; null for all tenants, whose list only commands change. */
    public Policy of(String tenant) {
        return tenant == null ? standard : tenants.getOrDefault(tenant, standard);
    }

    /** Fingerprint of all policies. */
    public String revision() {
        StringBuilder all = new StringBuilder(standard.revision());
        new TreeMap<>(tenants)
                .forEach((tenant, policy) ->
                        all.append(' ').append(tenant).append(' ').append(policy.revision()));
        return Policy.fingerprint(all.toString());
    }
}
