package dev.rebound.cli;

import dev.rebound.classify.Categories;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.classify.ProviderRow;
import dev.rebound.classify.RuleFile;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.classify.TextRule;
import dev.rebound.codes.CodesTopic;
import dev.rebound.codes.OperatorRows;
import dev.rebound.codes.OperatorRules;
import dev.rebound.evaluate.InvalidLabelsException;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, tries and changes the rules about the text of replies. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description =
                "Shows, tries and changes what the words of replies mean. A change takes effect within a second, without a"
                        + " restart. Rules are rows of the code table: rebound codes export saves those of the operator"
                        + " with their history.",
        synopsisSubcommandLabel = "COMMAND")
final class RulesCommand implements Callable<Integer> {

    private static final String ID = "Name of the rule, such as user-unknown.";
    private static final String FILE = "Rules in YAML; - reads standard input.";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "Name a command: list, show, test, set, remove, import or export.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the rules in force now.")
    Integer list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--category", paramLabel = "NAME", description = "Only rules of this category.")
                    String category,
            @Option(
                            names = "--provider",
                            paramLabel = "HOST-NAME",
                            description = "Only rules for this host of receiving domains, such as google.")
                    String provider,
            @Option(
                            names = "--origin",
                            paramLabel = "ORIGIN",
                            description = "Only rules to which this origin adds: operator or rebound.")
                    String origin,
            @Option(names = "--json", description = "A JSON object a line.") boolean json) {
        String wantedCategory = category == null ? null : category.toUpperCase(Locale.ROOT);
        requireOneOf("--category", wantedCategory, Categories.shipped().names());
        if (provider != null && !ProviderRow.isProvider(provider)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--provider: " + provider + " (expected: " + ProviderRow.PROVIDER_EXPECTED + ")");
        }
        String wantedOrigin = origin == null ? null : Origin.parse(origin).text();
        return cluster.withCodes(topic -> {
            CodeTable table = read(topic).table();
            requireOneOf("--provider", provider, table.providers());
            Stream<TextRule> rules = table.rules(Instant.now()).stream()
                    .filter(rule ->
                            wantedCategory == null || rule.category().name().equals(wantedCategory))
                    .filter(rule -> provider == null || provider.equals(rule.provider()))
                    .filter(rule -> wantedOrigin == null
                            || List.of(rule.origins().split("\\+")).contains(wantedOrigin));
            PrintWriter out = spec.commandLine().getOut();
            rules.forEach(rule -> out.println(json ? RuleText.json(rule) : RuleText.line(rule)));
            out.flush();
            return ExitCode.OK.code();
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one rule: merged, and by origin.")
    Integer show(@Mixin ClusterOptions cluster, @Parameters(paramLabel = "ID", description = ID) String id) {
        requireId(id);
        return cluster.withCodes(topic -> {
            CodeTable table = read(topic).table();
            if (Arrays.stream(Origin.values()).allMatch(origin -> table.source(origin, id) == null)) {
                throw new IllegalArgumentException("status-codes has no rule " + id
                        + "; rebound rules list shows those that exist, rebound rules set makes one");
            }
            PrintWriter out = spec.commandLine().getOut();
            RuleText.print(table.rule(id, Instant.now()), table, id, out);
            out.flush();
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description =
                    "Lays the rules of a file over those that ship, and shows what changes about the classification of"
                            + " replies. Publishes nothing, and needs no cluster.")
    Integer test(
            @Parameters(index = "0", paramLabel = "FILE", description = FILE) String file,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "REPLY",
                            description = "SMTP replies, such as \"550 5.7.1 Partner Shield has blocked you\".")
                    List<String> replies,
            @Option(
                            names = "--evaluate",
                            paramLabel = "TABLE",
                            description = "Classifies the labelled replies of a table, as classify --evaluate does, and"
                                    + " reports how often it is right without and with the file.")
                    Path labelled,
            @Option(names = "--status", paramLabel = "CODE", description = "Status field of the delivery report.")
                    String status,
            @Option(names = "--remote-host", paramLabel = "HOST", description = "Name of the receiving server.")
                    String remoteHost,
            @Option(names = "--smtp-command", paramLabel = "CMD", description = "Command that was refused.")
                    String smtpCommand)
            throws IOException, InvalidLabelsException {
        if (replies == null && labelled == null) {
            throw new ParameterException(spec.commandLine(), "Give a REPLY, or a TABLE with --evaluate.");
        }
        Map<String, StatusCodeRevision> rules = rules(file, TextInput.read(file), ShippedCodes.table());
        tellOtherProviders(rules);
        RuleTrial trial = new RuleTrial(rules);
        PrintWriter out = spec.commandLine().getOut();
        if (replies != null) {
            DeliveryEvent.Builder event = DeliveryEvent.newBuilder()
                    .setEventId("")
                    .setEventTime(Instant.now())
                    .setTenant("default")
                    .setRecipient("")
                    .setOutcome(Outcome.BOUNCED)
                    .setStatus(status)
                    .setRemoteHost(remoteHost)
                    .setSmtpCommand(smtpCommand);
            long changed = replies.stream()
                    .filter(reply -> trial.print(event.setReply(reply).build(), out))
                    .count();
            spec.commandLine().getErr().println(changed + " of " + replies.size() + " replies changed.");
        }
        if (labelled != null) {
            trial.evaluate(labelled, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description =
                    "Sets fields of the operator's row of a rule. Fields not named keep what the operator's row has, and"
                            + " those that it does not have are those of the rule that ships. A new rule needs --category and"
                            + " --phrase.")
    Integer set(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Mixin RuleOptions fields,
            @Mixin EffectOptions when) {
        requireId(id);
        fields.check();
        return cluster.withCodes(topic -> {
            OperatorRows.Effect effect = when.effect();
            OperatorRules rules = new OperatorRules(read(topic));
            topic.write(List.of(rules.set(id, revision -> fields.apply(id, rules, effect, revision), effect)));
            spec.commandLine().getErr().println("Set rule " + id + EffectOptions.since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description =
                    "Takes the operator's row of a rule back; what was there before counts again. A rule that ships is"
                            + " switched off by: rules set ID --no-phrases.")
    Integer remove(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Mixin EffectOptions when) {
        requireId(id);
        return cluster.withCodes(topic -> {
            OperatorRows.Effect effect = when.effect();
            topic.write(List.of(new OperatorRows(read(topic)).withdraw(id, effect)));
            spec.commandLine()
                    .getErr()
                    .println("Removed the operator's row of rule " + id + EffectOptions.since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Makes the operator's rows of rules say what a file says, and nothing else. Rules that are not in the"
                            + " file stay as they are. All are checked before any is written; those that say so already are"
                            + " skipped.")
    Integer importRules(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "FILE", description = FILE) String file,
            @Mixin EffectOptions when)
            throws IOException {
        String text = TextInput.read(file);
        return cluster.withCodes(topic -> {
            OperatorRows.Effect effect = when.effect();
            OperatorRules operator = new OperatorRules(read(topic));
            Map<String, StatusCodeRevision> rules = rules(file, text, operator.beneath());
            List<StatusCode> changed = operator.replacing(rules, effect);
            if (!changed.isEmpty()) {
                topic.write(changed);
            }
            spec.commandLine()
                    .getErr()
                    .println("Set " + changed.size() + " rules, skipped " + (rules.size() - changed.size())
                            + " that say so already" + EffectOptions.since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Prints what the operator's rows say of rules in force now, in YAML, as import reads it. History is in"
                            + " rebound codes export.")
    Integer export(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--all",
                            description =
                                    "All rules in force, merged. Imported, each is the operator's, and hides what ships.")
                    boolean all) {
        return cluster.withCodes(topic -> {
            OperatorRules rules = new OperatorRules(read(topic));
            Instant now = Instant.now();
            PrintWriter out = spec.commandLine().getOut();
            out.print(RuleFile.write(all ? rules.merged(now) : rules.said(now)));
            out.flush();
            return ExitCode.OK.code();
        });
    }

    /** Hosts are told by what ships, so that a rule for a provider of an operator's own cannot be tried. */
    private void tellOtherProviders(Map<String, StatusCodeRevision> rules) {
        Collection<String> known = ShippedCodes.table().providers();
        rules.forEach((id, says) -> {
            String provider = says.getProvider();
            if (provider != null && !provider.isEmpty() && !known.contains(provider)) {
                spec.commandLine()
                        .getErr()
                        .println("Rule " + id + " matches nothing here: provider " + provider
                                + " is not among those that ship.");
            }
        });
    }

    private CodesTopic.Content read(CodesTopic topic) {
        CodesTopic.Content content = topic.read();
        CodeRowText.tellUnusable(content, spec.commandLine().getErr());
        return content;
    }

    private static Map<String, StatusCodeRevision> rules(String file, String text, CodeTable beneath) {
        return RuleFile.read(TextInput.name(file), new StringReader(text), beneath);
    }

    private static void requireId(String id) {
        if (!TextRule.isId(id)) {
            throw new IllegalArgumentException("name of a rule: " + id + " (expected: " + TextRule.ID_EXPECTED
                    + "; for codes see rebound codes --help)");
        }
    }

    private void requireOneOf(String option, String value, Collection<String> known) {
        if (value != null && !known.contains(value)) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + value + " (expected: one of " + String.join(", ", known) + ")");
        }
    }
}
