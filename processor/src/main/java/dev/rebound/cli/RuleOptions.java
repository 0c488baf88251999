package dev.rebound.cli;

import dev.rebound.codes.OperatorRows;
import dev.rebound.codes.OperatorRules;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCodeRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The fields of a text rule that a command sets. */
final class RuleOptions {

    @Option(names = "--category", paramLabel = "NAME", description = "Category; scope follows from it.")
    private String category;

    @Option(
            names = "--phrase",
            paramLabel = "TEXT",
            description = "Words to look for; once for each phrase. The rule then has these phrases and no others.")
    private List<String> phrases = new ArrayList<>();

    @Option(
            names = "--add-phrase",
            paramLabel = "TEXT",
            description = "Adds a phrase to those that the rule has, the shipped ones included. From then on the"
                    + " operator's row has a list of its own.")
    private List<String> addedPhrases = new ArrayList<>();

    @Option(names = "--no-phrases", description = "The rule matches nothing: it is switched off.")
    private boolean noPhrases;

    @Option(
            names = "--when",
            paramLabel = "CONDITIONS",
            description = "What else has to hold, such as \"class=5 command!=DATA\"; \"\" for nothing.")
    private String when;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Host of the receiving domain that the rule is for, such as google; \"\" for any.")
    private String provider;

    @Option(
            names = "--gone",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether the text says that the mailbox will not come back.")
    private Boolean gone;

    @Option(names = "--bounce-type", paramLabel = "HARD|SOFT", description = "Bounce type of final failures.")
    private BounceType bounceType;

    @Option(names = "--explanation", paramLabel = "TEXT", description = "What the text means in practice.")
    private String explanation;

    @Option(names = "--source", paramLabel = "TEXT", description = "Where that is known from.")
    private String source;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Refuses options that say nothing, or contradict each other. @throws ParameterException naming them */
    void check() {
        long aboutPhrases = Stream.of(!phrases.isEmpty(), !addedPhrases.isEmpty(), noPhrases)
                .filter(given -> given)
                .count();
        boolean other = Stream.of(category, when, provider, gone, bounceType, explanation, source)
                .anyMatch(value -> value != null);
        if (aboutPhrases == 0 && !other) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Name at least one of --category, --phrase, --add-phrase, --no-phrases, --when, --provider, --gone,"
                            + " --bounce-type, --explanation, --source.");
        }
        if (aboutPhrases > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--phrase, --add-phrase and --no-phrases contradict each other (expected: one of them)");
        }
        if (bounceType == BounceType.NONE) {
            throw new ParameterException(
                    spec.commandLine(), "--bounce-type: NONE (expected: HARD or SOFT; a final failure is always one)");
        }
    }

    /** Sets the fields that were named. */
    void apply(String id, OperatorRules rules, OperatorRows.Effect effect, StatusCodeRevision.Builder revision) {
        Optional.ofNullable(category)
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .ifPresent(revision::setCategory);
        Optional.ofNullable(when).map(String::strip).ifPresent(revision::setCondition);
        Optional.ofNullable(provider).map(String::strip).ifPresent(revision::setProvider);
        Optional.ofNullable(gone).ifPresent(revision::setRecipientGone);
        Optional.ofNullable(bounceType).ifPresent(revision::setBounceType);
        Optional.ofNullable(explanation).map(String::strip).ifPresent(revision::setExplanation);
        Optional.ofNullable(source).map(String::strip).ifPresent(revision::setReference);
        if (noPhrases) {
            revision.setPhrases(List.of());
        } else if (!phrases.isEmpty()) {
            revision.setPhrases(stripped(phrases));
        } else if (!addedPhrases.isEmpty()) {
            rules.addPhrases(id, stripped(addedPhrases), effect, revision);
        }
    }

    private static List<String> stripped(List<String> texts) {
        return texts.stream().map(String::strip).distinct().toList();
    }
}
