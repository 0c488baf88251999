package dev.rebound.http;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.ErasureReport;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.OutOfTimeException;
import dev.rebound.suppressions.SuppressionChanges;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.http.HttpStatus;

/** Forgets an address. */
final class EraseOne implements Handler {

    private static final String ADDRESS = "address";
    private static final String LISTS = "lists";
    private static final List<String> FIELDS = List.of(ADDRESS, LISTS, IssueFields.BY, IssueFields.WHY);

    private final SuppressionChanges changes;
    private final Duration most;

    /** @param most how long it may take */
    EraseOne(SuppressionChanges changes, Duration most) {
        this.changes = changes;
        this.most = most;
    }

    @Override
    public void handle(Context context) {
        BodyFields body = BodyFields.of(context);
        body.refuseAllBut(FIELDS);
        Issued issued = IssueFields.read(body, Instant.now());
        String address = address(body);
        List<SuppressionList> lists = lists(body);
        body.throwMistakes();
        requireKey();
        ErasureReport report = OnCluster.get(() -> erase(address, lists, issued));
        context.status(report.complete() ? HttpStatus.OK_200 : HttpStatus.ACCEPTED_202)
                .json(report);
    }

    private ErasureReport erase(String address, List<SuppressionList> lists, Issued issued) {
        Deadline deadline = Deadline.after(most);
        try {
            // The other half is for looking at the feed once more.
            return changes.erasure()
                    .run(address, lists, issued, () -> deadline.left().dividedBy(2), deadline.watch());
        } catch (OutOfTimeException e) {
            throw Deadline.tooLong("rebound erase");
        }
    }

    private void requireKey() {
        try {
            changes.erasure();
        } catch (ConfigException e) {
            throw new ProblemException(Problem.plain(HttpStatus.NOT_IMPLEMENTED_501, e.getMessage()));
        }
    }

    private static String address(BodyFields body) {
        String text = body.required(ADDRESS, "the address that is to be forgotten");
        try {
            return text == null || text.isBlank()
                    ? null
                    : EmailAddress.parse(text).toString();
        } catch (InvalidAddressException e) {
            body.wrong(ADDRESS, e.getMessage());
            return null;
        }
    }

    private static List<SuppressionList> lists(BodyFields body) {
        List<SuppressionList> lists = new ArrayList<>();
        List<String> texts = body.texts(LISTS);
        for (int i = 0; i < texts.size(); i++) {
            try {
                lists.add(SuppressionList.parse(texts.get(i)));
            } catch (IllegalArgumentException e) {
                body.wrong(LISTS + '/' + i, e.getMessage().replaceFirst("^list: ", ""));
            }
        }
        return lists;
    }
}
