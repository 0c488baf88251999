package dev.rebound.cli;

import dev.rebound.event.Tenants;
import dev.rebound.suppress.SuppressionList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which list of suppressed addresses is meant. */
final class ListOptions {

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description = "The list as it stands in keys: *, a tenant, or tenant/stream.")
    private String list;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "All mail of this tenant. Default: " + Tenants.DEFAULT + ".")
    private String tenant;

    @Option(names = "--stream", paramLabel = "NAME", description = "Only this kind of mail of the tenant.")
    private String stream;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The list. @throws ParameterException when the options name none, or contradict each other */
    SuppressionList list() {
        if (list != null && (tenant != null || stream != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--list does not go with --tenant or --stream: each names the list.");
        }
        try {
            return list == null
                    ? new SuppressionList(tenant == null ? Tenants.DEFAULT : tenant, stream)
                    : SuppressionList.parse(list);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
