package dev.rebound.http;

import dev.rebound.event.Tenants;
import dev.rebound.http.Problem.Mistake;
import dev.rebound.json.NotUtf8Exception;
import dev.rebound.json.Utf8Reader;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.ImportFormat;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.ImportReport;
import dev.rebound.suppressions.ImportRequest;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.SuppressionChanges;
import dev.rebound.suppressions.Watch;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Imports the list that a body is, or says what that would do. */
final class ImportBody implements Handler {

    private static final String BODY = "the body";
    private static final String FORMAT = "format";
    private static final String LIST = "list";
    private static final String DRY_RUN = "dryRun";
    private static final List<String> PARAMETERS = List.of(FORMAT, LIST, DRY_RUN, IssueFields.BY, IssueFields.WHY);

    private final SuppressionChanges changes;
    private final Duration most;

    /** @param most how long it may take */
    ImportBody(SuppressionChanges changes, Duration most) {
        this.changes = changes;
        this.most = most;
    }

    @Override
    public void handle(Context context) {
        Parameters parameters = new Parameters(context);
        boolean dryRun = parameters.dryRun();
        Issued issued = dryRun ? null : parameters.issued();
        ImportFormat format = parameters.format();
        SuppressionList list = parameters.list();
        parameters.throwMistakes();
        byte[] body = context.bodyAsBytes();
        ImportRequest request =
                new ImportRequest(BODY, () -> new Utf8Reader(BODY, new ByteArrayInputStream(body)), format, list);
        Watch watch = Deadline.after(most).watch();
        ImportReport report = OnCluster.get(() -> report(request, issued, watch));
        if (!report.complete() && report.written() == 0) {
            throw Deadline.tooLong("rebound suppressions import");
        }
        context.json(report);
    }

    private ImportReport report(ImportRequest request, Issued issued, Watch watch) {
        try {
            return issued == null
                    ? changes.imports().dryRun(request, watch)
                    : changes.imports().run(request, issued, watch);
        } catch (InvalidImportException | NotUtf8Exception e) {
            throw ProblemException.of(ProblemType.INVALID_BODY, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** What the query says, and what is wrong with it. */
    private static final class Parameters {

        private final Map<String, String> query;
        private final List<Mistake> mistakes = new ArrayList<>();

        Parameters(Context context) {
            this.query = Query.read(context, PARAMETERS);
        }

        private void wrong(String name, String detail) {
            mistakes.add(new Mistake(name, detail));
        }

        boolean dryRun() {
            String value = query.get(DRY_RUN);
            if (value != null && !value.equals("true") && !value.equals("false")) {
                wrong(DRY_RUN, "neither true nor false (expected: one of them)");
            }
            return !"false".equals(value);
        }

        /** Null when something is missing. */
        Issued issued() {
            String by = text(IssueFields.BY, IssueFields.WHO_EXPECTED);
            String why = text(IssueFields.WHY, IssueFields.WHY_EXPECTED);
            return by == null || why == null ? null : new Issued(by, why, Instant.now());
        }

        private String text(String name, String expected) {
            String value = query.get(name);
            if (value == null || value.isBlank() || value.length() > Commands.MAX_TEXT) {
                wrong(
                        name,
                        "missing or too long (expected: " + expected + ", at most " + Commands.MAX_TEXT
                                + " characters)");
                return null;
            }
            return value;
        }

        ImportFormat format() {
            String name = query.get(FORMAT);
            if (name == null || name.isEmpty()) {
                return null;
            }
            return ImportFormat.named(name).orElseGet(() -> {
                wrong(
                        FORMAT,
                        "not known (expected: one of "
                                + Arrays.stream(ImportFormat.values())
                                        .map(ImportFormat::text)
                                        .collect(Collectors.joining(", "))
                                + ")");
                return null;
            });
        }

        SuppressionList list() {
            String text = query.get(LIST);
            try {
                return SuppressionList.parse(text == null || text.isEmpty() ? Tenants.DEFAULT : text);
            } catch (IllegalArgumentException e) {
                wrong(LIST, e.getMessage().replaceFirst("^list: ", ""));
                return null;
            }
        }

        void throwMistakes() {
            if (!mistakes.isEmpty()) {
                throw ProblemException.of(ProblemType.INVALID_PARAMETER, mistakes);
            }
        }
    }
}
