package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.check.Finding;
import dev.rebound.check.Finding.Result;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Findings on standard output: as a table to read, or as JSON. */
final class FindingsOutput {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESULT = "RESULT";
    private static final String CHECK = "CHECK";

    private FindingsOutput() {}

    /**
     * Prints them.
     *
     * @param failed what it comes to when at least one failed
     * @return the exit code
     */
    static int print(List<Finding> findings, boolean json, ExitCode failed, CommandLine command) {
        PrintWriter out = command.getOut();
        if (json) {
            findings.forEach(finding -> out.println(json(finding)));
        } else {
            table(findings).forEach(out::println);
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.result() == Result.FAILED)
                ? failed.code()
                : ExitCode.OK.code();
    }

    /** The lines of a table. A remedy is a line of its own, as it is there to be copied. */
    static List<String> table(List<Finding> findings) {
        int width =
                findings.stream().mapToInt(finding -> finding.check().length()).reduce(CHECK.length(), Math::max);
        int results = Result.SKIPPED.name().length();
        String layout = "%-" + results + "s  %-" + width + "s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(layout, RESULT, CHECK, "FINDING"));
        for (Finding finding : findings) {
            lines.add(String.format(layout, finding.result(), finding.check(), finding.finding()));
            if (!finding.remedy().isEmpty()) {
                lines.add(String.format(layout, "", "", "-> " + finding.remedy()));
            }
        }
        return lines;
    }

    private static ObjectNode json(Finding finding) {
        return JSON.createObjectNode()
                .put("check", finding.check())
                .put("result", finding.result().name())
                .put("finding", finding.finding())
                .put("remedy", finding.remedy().isEmpty() ? null : finding.remedy());
    }
}
