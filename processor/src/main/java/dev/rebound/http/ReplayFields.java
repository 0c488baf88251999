package dev.rebound.http;

import dev.rebound.json.Shown;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayRequest.Filter;
import dev.rebound.replay.ReplayRequest.GivenFile;
import dev.rebound.replay.ReplayRequest.Offsets;
import dev.rebound.replay.ReplayRequest.Span;
import dev.rebound.schema.Outcome;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.Presets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be replayed, as fields of a body. */
final class ReplayFields {

    private static final String NAME = "name";
    private static final String ALL = "all";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String OFFSETS = "offsets";
    private static final String ARCHIVE = "archive";
    private static final String OUTCOMES = "outcomes";
    private static final String AS_LIVE = "asLive";
    private static final String CODES_FILE = "codesFile";
    private static final String RULES_FILE = "rulesFile";
    private static final String POLICY = "policy";
    private static final List<String> FIELDS = List.of(
            NAME,
            ALL,
            FROM,
            TO,
            OFFSETS,
            ARCHIVE,
            "tenants",
            "domains",
            "codes",
            OUTCOMES,
            AS_LIVE,
            CODES_FILE,
            RULES_FILE,
            POLICY,
            IssueFields.BY);

    private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final BodyFields body;

    private ReplayFields(BodyFields body) {
        this.body = body;
    }

    /**
     * What is wanted.
     *
     * @param replay what it is
     * @param isNew more than a name is given: one that is not there can be made
     */
    record Wanted(ReplayRequest replay, boolean isNew) {}

    /** Reads all. @throws ProblemException with all that is wrong */
    static Wanted read(BodyFields body) {
        body.refuseAllBut(FIELDS);
        Wanted wanted = new ReplayFields(body).wanted();
        body.throwMistakes();
        return wanted;
    }

    /** Null when something is wrong. */
    private Wanted wanted() {
        ReplayName name = name();
        boolean all = body.flag(ALL, false);
        Span span = span(all);
        Optional<Path> archive = archive();
        boolean asLive = body.flag(AS_LIVE, false);
        Filter filter = new Filter(body.texts("tenants"), body.texts("domains"), body.texts("codes"), outcomes());
        Optional<GivenFile> codes = file(CODES_FILE);
        Optional<GivenFile> rules = file(RULES_FILE);
        if (asLive && (codes.isPresent() || rules.isPresent())) {
            body.wrong(AS_LIVE, "does not go with tables (expected: no " + CODES_FILE + " and no " + RULES_FILE + ")");
        }
        boolean isNew = all || !Span.ALL.equals(span) || archive.isPresent();
        String by =
                isNew ? body.required(IssueFields.BY, "who starts it", Commands.MAX_TEXT) : body.text(IssueFields.BY);
        if (!body.isRight()) {
            return null;
        }
        return new Wanted(
                new ReplayRequest(
                        name, span, archive, filter, asLive, codes, rules, policy(), by == null ? "unknown" : by),
                isNew);
    }

    private ReplayName name() {
        String text = body.required(NAME, "a name for the replay");
        try {
            return text == null || text.isBlank() ? null : new ReplayName(text);
        } catch (IllegalArgumentException e) {
            body.wrong(
                    NAME,
                    Shown.text(text)
                            + " (expected: 1 to 40 lower-case letters, digits and hyphens, the first no hyphen)");
            return null;
        }
    }

    private Span span(boolean all) {
        Instant from = body.time(FROM);
        Instant to = body.time(TO);
        Map<Integer, Offsets> offsets = offsets();
        boolean byTime = body.has(FROM) || body.has(TO);
        if (all && (byTime || body.has(OFFSETS))) {
            body.wrong(ALL, "does not go with a span (expected: no from, to and offsets)");
        } else if (byTime && body.has(OFFSETS)) {
            body.wrong(OFFSETS, "do not go with times (expected: no from and to)");
        } else if (from != null && to != null && !from.isBefore(to)) {
            body.wrong(TO, "not after from (expected: a later time)");
        } else if (body.isRight()) {
            return new Span(Optional.ofNullable(from), Optional.ofNullable(to), offsets);
        }
        return Span.ALL;
    }

    private Map<Integer, Offsets> offsets() {
        Map<Integer, Offsets> parts = new TreeMap<>();
        body.textsByName(OFFSETS).forEach((partition, text) -> {
            Matcher range = RANGE.matcher(text);
            if (PARTITION.matcher(partition).matches() && range.matches()) {
                parts.put(
                        Integer.parseInt(partition),
                        new Offsets(Long.parseLong(range.group(1)), Long.parseLong(range.group(2))));
            } else {
                body.wrong(
                        OFFSETS + '/' + Shown.name(partition),
                        Shown.text(text) + " (expected: a partition with offsets, such as \"0\": \"100-200\")");
            }
        });
        return parts;
    }

    private Optional<Path> archive() {
        String text = body.text(ARCHIVE);
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            body.wrong(ARCHIVE, "not a path (expected: a directory of this machine)");
            return Optional.empty();
        }
    }

    private List<String> outcomes() {
        List<String> names = Arrays.stream(Outcome.values()).map(Outcome::name).toList();
        List<String> outcomes = body.texts(OUTCOMES).stream()
                .map(text -> text.toUpperCase(Locale.ROOT))
                .toList();
        for (int i = 0; i < outcomes.size(); i++) {
            if (!names.contains(outcomes.get(i))) {
                body.wrong(OUTCOMES + '/' + i, "not known (expected: one of " + String.join(", ", names) + ")");
            }
        }
        return outcomes;
    }

    private Optional<GivenFile> file(String name) {
        String text = body.text(name);
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(new GivenFile(name, text));
    }

    /** A policy that ships is what extends it without a change. */
    private Optional<GivenFile> policy() {
        return file(POLICY).map(file -> Presets.find(file.text().strip())
                .map(preset -> new GivenFile(POLICY, "extends: " + file.text().strip() + "\n"))
                .orElse(file));
    }
}
