package dev.rebound.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which suppressions a command is about. The instance checks the values. */
final class SuppressionFilterOptions {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description = "Exactly this list: * for all tenants, a tenant, or tenant/stream.")
    private void list(String list) {
        parameters.put("list", list);
    }

    @Option(names = "--tenant", paramLabel = "NAME", description = "The lists of this tenant and of its streams.")
    private void tenant(String tenant) {
        parameters.put("tenant", tenant);
    }

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Addresses of this domain, and the suppression of the domain itself.")
    private void domain(String domain) {
        parameters.put("domain", domain);
    }

    @Option(names = "--category", paramLabel = "NAME", description = "Category of the last failure.")
    private void category(String category) {
        parameters.put("category", category);
    }

    @Option(names = "--scope", paramLabel = "SCOPE", description = "RECIPIENT or DOMAIN.")
    private void scope(String scope) {
        parameters.put("scope", scope);
    }

    @Option(names = "--reason", paramLabel = "REASON", description = "BOUNCE, COMPLAINT, UNSUBSCRIBE or MANUAL.")
    private void reason(String reason) {
        parameters.put("reason", reason);
    }

    @Option(names = "--source", paramLabel = "SOURCE", description = "POLICY, OPERATOR, IMPORT or REPLAY.")
    private void source(String source) {
        parameters.put("source", source);
    }

    @Option(names = "--provider", paramLabel = "NAME", description = "Host of the receiving domain, such as google.")
    private void provider(String provider) {
        parameters.put("provider", provider);
    }

    @Option(names = "--rule", paramLabel = "ID", description = "Rule of the policy that suppressed.")
    private void rule(String rule) {
        parameters.put("rule", rule);
    }

    @Option(
            names = "--since-from",
            paramLabel = "TIME",
            description = "Suppressed since then or later, such as 2026-01-02T03:04:05Z.")
    private void sinceFrom(String time) {
        parameters.put("since.from", time);
    }

    @Option(names = "--since-to", paramLabel = "TIME", description = "Suppressed since before then.")
    private void sinceTo(String time) {
        parameters.put("since.to", time);
    }

    /** As parameters of a request; what was not given is absent. */
    Map<String, String> parameters() {
        return new LinkedHashMap<>(parameters);
    }
}
