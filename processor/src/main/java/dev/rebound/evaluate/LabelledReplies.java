package dev.rebound.evaluate;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads labelled replies: a table in UTF-8 with tabs between cells, whose first line names the columns. In a cell, {@code \n}
 * is a line break, {@code \t} a tab and {@code \\} a backslash. Columns that are not known are passed over.
 */
final class LabelledReplies {

    /** Names that columns go by, the first of each list in tables of ours; the others in collections of other people. */
    private static final List<String> REPLY = List.of("reply", "diagnostic");

    private static final List<String> STATUS = List.of("status", "dsn_status");
    private static final List<String> REMOTE_HOST = List.of("remote_host", "rhost");
    private static final List<String> COMMAND = List.of("smtp_command");
    private static final List<String> CATEGORY = List.of("category", "expected_category");
    private static final List<String> SCOPE = List.of("scope", "expected_scope");
    private static final List<String> DOUBT = List.of("doubt");
    private static final List<String> KIND = List.of("kind");
    private static final List<String> ID = List.of("id");

    /** Scopes as other collections call them; where the name begins so, the rest does not matter. */
    private static final Map<String, Fault> SCOPES = Map.of(
            "recipient-gone", Fault.GONE,
            "domain-gone", Fault.GONE,
            "recipient-temporary", Fault.RECIPIENT_TEMPORARY,
            "sender/policy", Fault.MESSAGE_OR_POLICY,
            "reputation/rate", Fault.REPUTATION);

    private final Path file;
    private final Map<String, Integer> columns = new HashMap<>();

    private LabelledReplies(Path file, String header) throws InvalidLabelsException {
        this.file = file;
        String[] names = header.split("\t", -1);
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i].strip(), i);
        }
        if (!has(REPLY) && !has(STATUS)) {
            throw new InvalidLabelsException(file + ": no column reply or status in the first line (" + header.strip()
                    + "); expected: tab-separated names");
        }
        if (!has(CATEGORY) && !has(SCOPE)) {
            throw new InvalidLabelsException(
                    file + ": no column category or scope, so there is nothing to compare with");
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidLabelsException naming the line that cannot be used
     */
    static List<LabelledReply> read(Path file) throws IOException, InvalidLabelsException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = lines.readLine();
            if (header == null) {
                throw new InvalidLabelsException(file + " is empty (expected: a line of column names)");
            }
            LabelledReplies table = new LabelledReplies(file, header);
            List<LabelledReply> replies = new ArrayList<>();
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    replies.add(table.reply(number, line.split("\t", -1)));
                }
            }
            return replies;
        }
    }

    private boolean has(List<String> names) {
        return names.stream().anyMatch(columns::containsKey);
    }

    private LabelledReply reply(int line, String[] cells) throws InvalidLabelsException {
        if (cells.length < columns.size()) {
            throw new InvalidLabelsException(file + ":" + line + " has " + cells.length + " cells (expected: "
                    + columns.size() + ", as in the first line)");
        }
        String categoryName = cell(cells, CATEGORY);
        Category category = categoryName == null ? null : category(line, categoryName);
        DeliveryEvent event = DeliveryEvent.newBuilder()
                .setEventId("")
                .setEventTime(Instant.now())
                .setTenant("default")
                .setRecipient("")
                .setOutcome(Outcome.BOUNCED)
                .setReply(cell(cells, REPLY))
                .setStatus(cell(cells, STATUS))
                .setRemoteHost(cell(cells, REMOTE_HOST))
                .setSmtpCommand(cell(cells, COMMAND))
                .build();
        String id = cell(cells, ID);
        return new LabelledReply(
                id == null ? "line " + line : id,
                event,
                fault(line, category, cell(cells, SCOPE)),
                categoryName,
                aside(cells));
    }

    private Category category(int line, String name) throws InvalidLabelsException {
        return Categories.shipped()
                .byName(name)
                .orElseThrow(() ->
                        new InvalidLabelsException(file + ":" + line + ": category " + name + " (expected: one of "
                                + String.join(", ", Categories.shipped().names()) + ")"));
    }

    /** A scope says more than a category: of a disabled mailbox only the scope says whether it is gone. */
    private Fault fault(int line, Category category, String scope) throws InvalidLabelsException {
        if (scope == null) {
            boolean gone = category != null && category.gone() == Category.RecipientGone.ALWAYS;
            return category == null ? Fault.UNKNOWN : gone ? Fault.GONE : Fault.of(category.scope());
        }
        if (SCOPES.containsKey(scope)) {
            return SCOPES.get(scope);
        }
        String name = scope.toUpperCase(Locale.ROOT);
        if (name.equals("GONE")) {
            return Fault.GONE;
        }
        if (name.equals("SUCCESS")) {
            return Fault.UNKNOWN;
        }
        return Arrays.stream(Scope.values())
                .filter(known -> known.name().equals(name))
                .map(Fault::of)
                .findFirst()
                .orElseThrow(() -> new InvalidLabelsException(file + ":" + line + ": scope " + scope
                        + " (expected: GONE, " + Arrays.toString(Scope.values()) + ")"));
    }

    private String aside(String[] cells) {
        String kind = cell(cells, KIND);
        if (kind != null && !kind.equals("bounce")) {
            return "no bounce: " + kind;
        }
        return cell(cells, DOUBT) == null ? null : "doubtful label";
    }

    /** The cell under any of these names, unescaped; null when it is empty or there is no such column. */
    private String cell(String[] cells, List<String> names) {
        for (String name : names) {
            Integer column = columns.get(name);
            if (column != null && !cells[column].isBlank()) {
                return unescaped(cells[column]);
            }
        }
        return null;
    }

    private static String unescaped(String cell) {
        if (cell.indexOf('\\') < 0) {
            return cell;
        }
        StringBuilder text = new StringBuilder(cell.length());
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c != '\\' || i + 1 == cell.length()) {
                text.append(c);
                continue;
            }
            char escaped = cell.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case '\\' -> text.append('\\');
                default -> text.append(c).append(escaped);
            }
        }
        return text.toString();
    }
}
