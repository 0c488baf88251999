package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.http.Problem.Mistake;
import dev.rebound.http.Promotions.Report;
import dev.rebound.logging.AddressMask;
import dev.rebound.replay.ReplayName;
import dev.rebound.suppressions.Issued;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Brings a replay to live, or takes it back; or says what that would do. */
final class PromoteReplay implements Handler {

    private static final String DRY_RUN = "dryRun";
    private static final String SKIP_CONFLICTS = "skipConflicts";
    private static final List<String> FIELDS = List.of(DRY_RUN, SKIP_CONFLICTS, IssueFields.BY, IssueFields.WHY);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReplayControl replays;
    private final Promotions.Change change;
    private final ReplayWork work;
    private final String command;

    /** @param command the subcommand of {@code rebound replay} that does the same without a limit of time */
    PromoteReplay(ReplayControl replays, Promotions.Change change, ReplayWork work, String command) {
        this.replays = replays;
        this.change = change;
        this.work = work;
        this.command = command;
    }

    @Override
    public void handle(Context context) {
        ReplayName name = ReplayRoutes.name(context);
        BodyFields body = BodyFields.of(context);
        body.refuseAllBut(FIELDS);
        boolean dryRun = body.flag(DRY_RUN, true);
        boolean skipConflicts = body.flag(SKIP_CONFLICTS, false);
        Optional<Issued> issued =
                dryRun ? Optional.empty() : Optional.ofNullable(IssueFields.read(body, Instant.now()));
        body.throwMistakes();
        Deadline deadline = Deadline.after(work.most());
        work.change(
                context,
                () -> {
                    ReplayRoutes.existing(replays, name);
                    return done(change.run(name, skipConflicts, issued, deadline.watch()));
                },
                report -> context.json(told(name, dryRun, report)));
    }

    private Report done(Report report) {
        if (report.refused()) {
            throw ProblemException.of(
                    ProblemType.CONFLICT,
                    report.named().stream()
                            .map(conflict -> new Mistake(masked(conflict.key()), AddressMask.mask(conflict.reason())))
                            .toList());
        }
        if (!report.complete() && report.written() == 0) {
            throw Deadline.tooLong("rebound replay " + command);
        }
        return report;
    }

    /** What stands before the address is no part of it. */
    private static String masked(String key) {
        int address = key.indexOf('|') + 1;
        return key.substring(0, address) + AddressMask.mask(key.substring(address));
    }

    private static ObjectNode told(ReplayName name, boolean dryRun, Report report) {
        ObjectNode node = JSON.createObjectNode();
        node.put("replay", name.text());
        node.put(DRY_RUN, dryRun);
        node.setAll(report.counts());
        node.put("conflicts", report.conflicts());
        ArrayNode named = node.putArray("named");
        report.named()
                .forEach(
                        conflict -> named.addObject().put("key", conflict.key()).put("reason", conflict.reason()));
        node.put("written", report.written());
        node.put("complete", report.complete());
        return node;
    }
}
