package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.Explanation;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.evaluate.Evaluation;
import dev.rebound.evaluate.EvaluationReport;
import dev.rebound.evaluate.InvalidLabelsException;
import dev.rebound.explain.EventToClassify;
import dev.rebound.explain.ExplanationJson;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies without a cluster, by the shipped codes and text rules. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        description = "Classifies a reply, or a file of events, by the shipped codes and text rules. Needs no cluster.")
final class ClassifyCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            arity = "0..1",
            paramLabel = "REPLY",
            description = "An SMTP reply, such as \"550 5.1.1 User unknown\".")
    private String reply;

    @Option(
            names = "--status",
            paramLabel = "CODE",
            description = "Status field of the delivery report, such as 5.1.1.")
    private String status;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "What became of the attempt: ${COMPLETION-CANDIDATES}. Default: BOUNCED, or DELIVERED for a"
                    + " success code.")
    private Outcome outcome;

    @Option(
            names = "--smtp-command",
            paramLabel = "COMMAND",
            description = "The command that was refused, such as RCPT or DATA. Default: what the reply says.")
    private String smtpCommand;

    @Option(names = "--remote-host", paramLabel = "HOST", description = "Name of the receiving server.")
    private String remoteHost;

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description =
                    "Reads delivery events as JSON, a line each, and prints a line of JSON for each, in order; - reads"
                            + " standard input.")
    private String batch;

    @Option(
            names = "--evaluate",
            paramLabel = "FILE",
            description = "Classifies the labelled replies of a tab-separated table with the columns reply, status,"
                    + " remote_host, smtp_command and category or scope, and reports how often it is right.")
    private Path evaluate;

    @Option(
            names = "--explain",
            description = "Also tells which text rules match, which one decided, and why the others did not.")
    private boolean explain;

    @Option(names = "--json", description = "Prints the whole classification as JSON; with --explain the explanation.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidLabelsException {
        if (evaluate != null) {
            if (batch != null || reply != null || status != null) {
                throw new ParameterException(
                        spec.commandLine(), "--evaluate reads its replies from the file; leave out REPLY and --batch");
            }
            evaluate();
            return ExitCode.OK.code();
        }
        if (batch != null) {
            if (reply != null || status != null) {
                throw new ParameterException(
                        spec.commandLine(), "--batch reads its replies from the file; leave out REPLY");
            }
            classifyLines();
            return ExitCode.OK.code();
        }
        if (reply == null && status == null) {
            throw new ParameterException(spec.commandLine(), "Give a REPLY, a --status, or a --batch FILE.");
        }
        DeliveryEvent event = event(outcome == null ? Outcome.BOUNCED : outcome);
        Explanation explanation = Classifier.explain(event, ShippedCodes.table());
        if (outcome == null
                && Integer.valueOf(2).equals(explanation.classification().getStatusClass())) {
            event = event(Outcome.DELIVERED);
            explanation = Classifier.explain(event, ShippedCodes.table());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(
                    explain
                            ? ExplanationJson.of(explanation)
                            : PlainJson.write(explanation.classification(), PlainJson.Nulls.WRITE));
        } else {
            ClassificationText.print(explanation, explain, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void evaluate() throws IOException, InvalidLabelsException {
        Evaluation evaluation = Evaluation.of(evaluate, event -> Classifier.classify(event, ShippedCodes.table()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(EvaluationReport.toMap(evaluation)));
        } else {
            EvaluationReport.print(evaluation, out);
        }
        out.flush();
    }

    private void classifyLines() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int malformed = 0;
        try (BufferedReader lines = new BufferedReader(TextInput.open(batch))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    out.println(JSON.writeValueAsString(classified(line)));
                } catch (InvalidJsonException e) {
                    malformed++;
                    out.println(JSON.writeValueAsString(
                            JSON.createObjectNode().put("line", number).put("error", e.getMessage())));
                }
            }
        } finally {
            out.flush();
        }
        if (malformed > 0) {
            spec.commandLine()
                    .getErr()
                    .println("rebound: " + malformed + " malformed lines; see \"error\" in the output");
        }
    }

    private ObjectNode classified(String line) throws InvalidJsonException {
        ObjectNode object = PlainJson.parse(line);
        JsonNode id = object.get("eventId");
        DeliveryEvent event = EventToClassify.read(object);
        Classification classification = Classifier.classify(event, ShippedCodes.table());
        return JSON.createObjectNode()
                .put("eventId", id == null || id.isNull() ? null : event.getEventId())
                .put("statusClass", classification.getStatusClass())
                .put("bounceType", classification.getBounceType().name())
                .put("category", classification.getCategory())
                .put("scope", classification.getScope().name())
                .put("recipientGone", classification.getRecipientGone())
                .put("enhancedCode", classification.getEnhancedCode())
                .put("basicCode", classification.getBasicCode())
                .put("confidence", classification.getConfidence().name())
                .put("layer", classification.getLayer().name())
                .put("rule", classification.getRule());
    }

    private DeliveryEvent event(Outcome assumed) {
        return DeliveryEvent.newBuilder()
                .setEventId("")
                .setEventTime(Instant.now())
                .setTenant("default")
                .setRecipient("")
                .setReply(reply)
                .setStatus(status)
                .setOutcome(assumed)
                .setRemoteHost(remoteHost)
                .setSmtpCommand(smtpCommand)
                .build();
    }
}
