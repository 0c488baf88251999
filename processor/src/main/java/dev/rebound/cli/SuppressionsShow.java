package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One address: whether it may be written to, and what led to that. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows whether an address may be written to, and every event that led to it.")
final class SuppressionsShow implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private MailOptions mail;

    @Parameters(
            paramLabel = "ADDRESS",
            description = "An address, or @ and a domain for the suppression of a whole domain.")
    private String address;

    @Option(names = "--json", description = "The instance's answer as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>(mail.parameters());
        query.put("address", address);
        JsonNode answer = instance.client().get(SuppressionsCommand.PATH + "/check", query);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer);
        } else {
            out.println(answer.path("address").asText()
                    + (answer.path("suppressed").asBoolean()
                            ? " must not be written to."
                            : " may be written to: it is on none of the lists " + mail.lists() + "."));
            answer.path("entries").forEach(entry -> {
                out.println();
                SuppressionText.print(entry, out);
            });
        }
        out.flush();
        SuppressionText.tellStaleness(answer, spec.commandLine().getErr());
        return ExitCode.OK.code();
    }
}
