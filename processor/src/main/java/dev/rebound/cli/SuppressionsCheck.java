package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.lookup.SuppressionLookups;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which of many addresses may be written to. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says of each address, in order, whether it may be written to: a line with the address and ok, suppressed with list,"
                    + " reason, category and end, or invalid with the reason, separated by tabs.",
            "Exit codes: 0 all may be written to; 10 at least one is suppressed; 11 none is suppressed and at least one is no"
                    + " address; others when it could not be found out."
        })
final class SuppressionsCheck implements Callable<Integer> {

    /** Exit code when at least one address is suppressed: none that stands for a failure. */
    static final int SUPPRESSED = 10;

    /** Exit code when none is suppressed, and at least one is no address. */
    static final int NO_ADDRESS = 11;

    /** Well within what an instance takes by default, with tenant and stream. */
    private static final int BATCH_BYTES = 900_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private MailOptions mail;

    @Parameters(paramLabel = "ADDRESS", arity = "0..*", description = "Addresses.")
    private List<String> addresses = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "File with an address a line, of any length; - reads standard input.")
    private String file;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    private InstanceClient client;
    private List<String> batch;
    private long batchBytes;
    private boolean anySuppressed;
    private boolean anyInvalid;

    @Override
    public Integer call() throws IOException {
        if (addresses.isEmpty() == (file == null)) {
            throw new ParameterException(spec.commandLine(), "Name addresses, or a file of them with --file.");
        }
        client = instance.client();
        batch = new ArrayList<>();
        for (String address : addresses) {
            add(address);
        }
        if (file != null) {
            try (BufferedReader lines = new BufferedReader(TextInput.open(file))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        add(line.strip());
                    }
                }
            }
        }
        ask();
        if (anySuppressed) {
            return SUPPRESSED;
        }
        return anyInvalid ? NO_ADDRESS : ExitCode.OK.code();
    }

    private void add(String address) throws IOException {
        int bytes = address.getBytes(StandardCharsets.UTF_8).length + 3;
        if (batch.size() == SuppressionLookups.MOST_CHECKED || batchBytes + bytes > BATCH_BYTES) {
            ask();
        }
        batch.add(address);
        batchBytes += bytes;
    }

    private void ask() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        ObjectNode question = JSON.createObjectNode();
        mail.parameters().forEach(question::put);
        batch.forEach(question.putArray("addresses")::add);
        JsonNode answer = client.post(SuppressionsCommand.PATH + "/check", question);
        PrintWriter out = spec.commandLine().getOut();
        answer.path("results").forEach(result -> tell(result, out));
        out.flush();
        SuppressionText.tellStaleness(answer, spec.commandLine().getErr());
        batch.clear();
        batchBytes = 0;
    }

    private void tell(JsonNode result, PrintWriter out) {
        boolean suppressed = result.path("suppressed").asBoolean();
        anySuppressed |= suppressed;
        anyInvalid |= result.has("error");
        if (json) {
            out.println(result);
            return;
        }
        String address = result.path("address").asText();
        if (result.has("error")) {
            out.println(address + "\tinvalid\t" + result.path("error").asText());
        } else if (suppressed) {
            out.println(String.join(
                    "\t",
                    address,
                    "suppressed",
                    result.path("list").asText(),
                    result.path("reason").asText(),
                    result.path("category").isTextual()
                            ? result.path("category").asText()
                            : "-",
                    SuppressionText.until(result.path("expires"))));
        } else {
            out.println(address + "\tok");
        }
    }
}
