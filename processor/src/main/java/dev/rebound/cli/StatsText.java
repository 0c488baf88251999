package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** What instances say of statistics, in words. */
final class StatsText {

    private StatsText() {}

    /** A share, such as {@code 83.1%}; a dash when it is not known. */
    static String percent(JsonNode rate) {
        return rate.isNumber() ? String.format(Locale.ROOT, "%.1f%%", rate.asDouble() * 100) : "-";
    }

    static String orDash(JsonNode value) {
        return value.isTextual() ? value.asText() : "-";
    }

    /** A domain with all that is known of it. */
    static void print(JsonNode answer, PrintWriter out) {
        JsonNode totals = answer.path("totals");
        out.println(answer.path("domain").asText() + ", provider "
                + (answer.path("provider").isTextual() ? answer.path("provider").asText() : "not recognised"));
        figure(out, "attempts", totals);
        rate(out, "delivered", totals, "delivery", "of messages");
        rate(out, "deferred", totals, "deferral", "of attempts");
        figure(out, "soft", totals);
        rate(out, "hard", totals, "bounce", "of messages bounced, hard or soft");
        rate(out, "complained", totals, "complaint", "of delivered");
        rate(out, "blocked", totals, "blocked", "of attempts");
        figure(out, "notAttempted", totals);
        JsonNode details = answer.path("details");
        quantiles(out, "seconds to deliver", details.path("timeToDeliver"));
        quantiles(out, "attempts a message", details.path("attemptsPerMessage"));
        field(out, "recipients", details.path("recipients").asText());
        answer.path("categories")
                .forEach(category -> field(
                        out,
                        category.path("events").asText(),
                        category.path("category").asText() + ", scope " + orDash(category.path("scope"))));
        answer.path("codes")
                .forEach(code -> field(
                        out,
                        code.path("events").asText(),
                        "code " + code.path("code").asText()));
        details.path("replies")
                .forEach(reply -> field(
                        out,
                        reply.path("events").asText(),
                        reply.path("example").asText()));
    }

    private static void figure(PrintWriter out, String name, JsonNode totals) {
        field(out, name, totals.path(name).asText());
    }

    private static void rate(PrintWriter out, String name, JsonNode totals, String rate, String of) {
        JsonNode share = totals.path("rates").path(rate);
        field(
                out,
                name,
                totals.path(name).asText() + (share.isNumber() ? "  (" + percent(share) + " " + of + ")" : ""));
    }

    private static void quantiles(PrintWriter out, String name, JsonNode values) {
        if (values.isObject()) {
            field(
                    out,
                    name,
                    String.format(
                            Locale.ROOT,
                            "half up to %.1f, 90%% up to %.1f, 99%% up to %.1f",
                            values.path("p50").asDouble(),
                            values.path("p90").asDouble(),
                            values.path("p99").asDouble()));
        }
    }

    private static void field(PrintWriter out, String name, String value) {
        out.println(String.format("  %-18s  %s", name, value));
    }
}
