package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rebound.lookup.SuppressionLookups;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Suppressions in force, filtered. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists suppressions in force: list, address, reason, category, since and until. rebound suppressions"
                        + " export gives all of them in full.")
final class SuppressionsList implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private SuppressionFilterOptions filter;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "So many at most. Default: 100.")
    private int limit;

    @Option(names = "--json", description = "A JSON object a line, with the evidence.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit: " + limit + " (expected: at least 1)");
        }
        InstanceClient client = instance.client();
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> query = filter.parameters();
        int missing = limit;
        JsonNode page;
        do {
            query.put("limit", Integer.toString(Math.min(missing, SuppressionLookups.MOST_LISTED)));
            page = client.get(SuppressionsCommand.PATH, query);
            page.path("suppressions").forEach(one -> out.println(json ? one : SuppressionText.line(one)));
            missing -= page.path("suppressions").size();
            SuppressionText.tellStaleness(page, spec.commandLine().getErr());
            query.put("cursor", page.path("cursor").asText());
        } while (page.has("cursor") && missing > 0);
        out.flush();
        if (page.has("cursor")) {
            spec.commandLine().getErr().println("There can be more: name a larger --limit, or use export.");
        }
        return ExitCode.OK.code();
    }
}
