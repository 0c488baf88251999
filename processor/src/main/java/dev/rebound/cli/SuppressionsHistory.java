package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All that is known of an address on a list. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description =
                "Shows all that is known of an address on a list: events, commands, and how far each rule of the policy"
                        + " has come.")
final class SuppressionsHistory implements Callable<Integer> {

    /** Lines begin with a time, whose text is longer when it has milliseconds. */
    private static final Comparator<String> BY_TIME =
            Comparator.comparing(line -> Instant.parse(line.substring(0, line.indexOf(' '))));

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Parameters(paramLabel = "ADDRESS", description = "An address, or @ and a domain.")
    private String address;

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description =
                    "The list: * for all tenants, a tenant, or tenant/stream. Default: the tenant called default.")
    private String list;

    @Option(names = "--json", description = "The instance's answer as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("address", address);
        if (list != null) {
            query.put("list", list);
        }
        JsonNode known = instance.client().get(SuppressionsCommand.PATH + "/history", query);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(known);
        } else {
            print(known, out);
        }
        out.flush();
        SuppressionText.tellStaleness(known, spec.commandLine().getErr());
        return ExitCode.OK.code();
    }

    private static void print(JsonNode known, PrintWriter out) {
        if (known.path("suppression").isObject()) {
            SuppressionText.print(known.path("suppression"), out);
        } else {
            out.println(known.path("address").asText() + " is not on list "
                    + known.path("list").asText());
        }
        out.println("  next change "
                + (known.path("next").isTextual() ? known.path("next").asText() : "none by itself"));
        out.println();
        out.println("What happened:");
        List<String> lines = new ArrayList<>();
        known.path("evidence").forEach(event -> lines.add(SuppressionText.event(event)));
        known.path("deliveries")
                .forEach(event -> lines.add(event.path("eventTime").asText() + "  DELIVERED  ("
                        + event.path("eventId").asText() + ")"));
        known.path("contradictions")
                .forEach(event -> lines.add(event.path("eventTime").asText() + "  came back after all  ("
                        + event.path("eventId").asText() + ")"));
        known.path("commands").forEach(command -> lines.add(SuppressionText.command(command)));
        if (known.path("removal").isObject()) {
            lines.add(SuppressionText.command(known.path("removal")));
        }
        if (lines.isEmpty()) {
            out.println("  nothing that is known");
        }
        lines.stream().sorted(BY_TIME).forEach(line -> out.println("  " + line));
        out.println();
        out.println("Rules of policy " + known.path("policy").asText() + ", revision "
                + known.path("policyRevision").asText() + ":");
        known.path("rules")
                .forEach(rule -> out.println("  " + rule.path("rule").asText() + ": "
                        + rule.path("counted").asInt() + " of "
                        + rule.path("needed").asInt()
                        + (rule.path("suppresses").asBoolean() ? ", suppresses" : "")));
    }
}
