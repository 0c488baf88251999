package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What instances say of suppressions, in words. */
final class SuppressionText {

    private SuppressionText() {}

    /** A line of a list. */
    static String line(JsonNode suppression) {
        return String.format(
                "%-16s  %-40s  %-11s  %-18s  %s  %s",
                suppression.path("list").asText(),
                suppression.path("address").asText(),
                suppression.path("reason").asText(),
                orDash(suppression.path("category")),
                suppression.path("since").asText(),
                until(suppression.path("expires")));
    }

    /** A suppression with all that led to it. */
    static void print(JsonNode suppression, PrintWriter out) {
        out.println(suppression.path("address").asText() + " on list "
                + suppression.path("list").asText());
        field(out, "reason", suppression.path("reason").asText());
        if (suppression.path("category").isTextual()) {
            field(
                    out,
                    "category",
                    suppression.path("category").asText() + ", scope "
                            + suppression.path("scope").asText());
        }
        field(out, "since", suppression.path("since").asText());
        field(out, "until", until(suppression.path("expires")));
        field(out, "decided by", decider(suppression));
        optional(out, "by", suppression.path("by"));
        optional(out, "why", suppression.path("why"));
        optional(out, "detail", suppression.path("detail"));
        suppression.path("evidence").forEach(event -> out.println("  " + event(event)));
    }

    private static String decider(JsonNode suppression) {
        if (suppression.path("rule").isTextual()) {
            return "rule " + suppression.path("rule").asText() + " of policy "
                    + suppression.path("policy").asText() + ", revision "
                    + suppression.path("policyRevision").asText() + ", occurrence "
                    + suppression.path("occurrence").asInt();
        }
        return "command " + suppression.path("commandId").asText() + ", source "
                + suppression.path("source").asText();
    }

    /** An event of the evidence, in one line. */
    static String event(JsonNode event) {
        return event.path("eventTime").asText() + "  " + event.path("outcome").asText() + " "
                + event.path("category").asText() + " " + orDash(event.path("code")) + "  "
                + (event.path("reply").isTextual() ? event.path("reply").asText() : "no reply") + "  ("
                + event.path("topic").asText() + "/" + event.path("partition").asInt() + "/"
                + event.path("offset").asLong() + ")";
    }

    /** A command that was given, in one line. */
    static String command(JsonNode command) {
        return command.path("issuedAt").asText() + "  " + command.path("action").asText()
                + (command.path("retracts").isTextual()
                        ? " of " + command.path("retracts").asText()
                        : "")
                + " by "
                + command.path("by").asText() + ": " + command.path("why").asText() + "  ("
                + command.path("commandId").asText() + ")";
    }

    /** Says why an answer may be stale, when it may. */
    static void tellStaleness(JsonNode answer, PrintWriter err) {
        if (!answer.path("stale").asBoolean()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        answer.path("staleness")
                .forEach(part -> parts.add("partition " + part.path("partition").asInt() + " "
                        + part.path("reason").asText()
                        + (part.path("lag").isNumber() ? ", " + part.path("lag").asLong() + " changes behind" : "")));
        err.println("rebound: this may not be the latest (" + String.join("; ", parts) + ")");
    }

    /** When something ends. */
    static String until(JsonNode expires) {
        return expires.isTextual() ? expires.asText() : "for ever";
    }

    private static String orDash(JsonNode value) {
        return value.isTextual() ? value.asText() : "-";
    }

    private static void optional(PrintWriter out, String name, JsonNode value) {
        if (value.isTextual()) {
            field(out, name, value.asText());
        }
    }

    private static void field(PrintWriter out, String name, String value) {
        out.println(String.format("  %-11s %s", name, value));
    }
}
