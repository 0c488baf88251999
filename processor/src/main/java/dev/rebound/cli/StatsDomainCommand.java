package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What became of mail to one domain. */
@Command(
        name = "domain",
        mixinStandardHelpOptions = true,
        description = "Shows what became of mail to a domain, with categories, codes and the most frequent replies.")
final class StatsDomainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private StatsFrameOptions frame;

    @Parameters(paramLabel = "NAME", description = "Receiving domain.")
    private String name;

    @Option(names = "--json", description = "The instance's answer as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        JsonNode answer = instance.client()
                .find("/api/v1/domains/" + encoded, frame.parameters())
                .orElseThrow(() -> new IllegalArgumentException("nothing was counted of " + name
                        + " in this span; rebound stats domains lists what has counts"));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer);
        } else {
            StatsText.print(answer, out);
        }
        out.flush();
        SuppressionText.tellStaleness(answer, spec.commandLine().getErr());
        return ExitCode.OK.code();
    }
}
