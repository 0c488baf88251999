package dev.rebound.http;

import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Removal;
import dev.rebound.suppressions.RemovalSelection;
import dev.rebound.suppressions.SuppressionChanges;
import dev.rebound.suppressions.Watch;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes all suppressions of a kind, or says what that would remove. */
final class RemoveMany implements Handler {

    private static final String DRY_RUN = "dryRun";
    private static final List<String> FIELDS = List.of(
            "provider",
            "category",
            "rule",
            "domain",
            "tenant",
            "list",
            "from",
            "to",
            "anySource",
            DRY_RUN,
            IssueFields.BY,
            IssueFields.WHY);

    private final SuppressionChanges changes;
    private final Duration most;

    /** @param most how long it may take */
    RemoveMany(SuppressionChanges changes, Duration most) {
        this.changes = changes;
        this.most = most;
    }

    @Override
    public void handle(Context context) {
        BodyFields body = BodyFields.of(context);
        body.refuseAllBut(FIELDS);
        Issued issued = body.flag(DRY_RUN, true) ? null : IssueFields.read(body, Instant.now());
        RemovalSelection selection = selection(body);
        body.throwMistakes();
        Watch watch = Deadline.after(most).watch();
        Removal removal = OnCluster.get(() -> issued == null
                ? changes.removal().dryRun(selection, watch)
                : changes.removal().run(selection, issued, watch));
        if (!removal.complete() && removal.written() == 0) {
            throw Deadline.tooLong("rebound suppressions remove-where");
        }
        context.json(removal);
    }

    /** Null when something is wrong. */
    private static RemovalSelection selection(BodyFields body) {
        String provider = body.text("provider");
        String category = body.text("category");
        String rule = body.text("rule");
        String domain = body.text("domain");
        String tenant = body.text("tenant");
        String list = body.text("list");
        Instant from = body.time("from");
        Instant to = body.time("to");
        boolean anySource = body.flag("anySource", false);
        if (!body.isRight()) {
            return null;
        }
        try {
            return new RemovalSelection(
                    provider,
                    category,
                    rule,
                    domain,
                    tenant,
                    list == null ? null : SuppressionList.parse(list),
                    from,
                    to == null ? Instant.now() : to,
                    anySource ? RemovalSelection.BY_ANYTHING : RemovalSelection.BY_POLICY);
        } catch (IllegalArgumentException e) {
            body.wrong(e.getMessage());
            return null;
        }
    }
}
