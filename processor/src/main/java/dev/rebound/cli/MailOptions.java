package dev.rebound.cli;

import dev.rebound.event.Tenants;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whose mail a question is about. */
final class MailOptions {

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose mail. Default: the tenant called default.")
    private String tenant;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Kind of mail within the tenant. Default: only what holds for all its mail.")
    private String stream;

    /** The lists that count, for people. */
    String lists() {
        String name = tenant == null ? Tenants.DEFAULT : tenant;
        return (stream == null ? "" : name + '/' + stream + ", ") + name + ", *";
    }

    /** As parameters of a request; what was not given is absent. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (tenant != null) {
            parameters.put("tenant", tenant);
        }
        if (stream != null) {
            parameters.put("stream", stream);
        }
        return parameters;
    }
}
