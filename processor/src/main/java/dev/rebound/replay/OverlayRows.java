package dev.rebound.replay;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.classify.RuleFile;
import dev.rebound.codes.CodeFile;
import dev.rebound.codes.CodesTopic;
import dev.rebound.codes.OperatorRows;
import dev.rebound.codes.OperatorRules;
import dev.rebound.replay.ReplayRequest.GivenFile;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operator's rows that a replay uses instead of those in the topic, made of the files that were given for it. */
final class OverlayRows {

    private final CodesTopic.Content content;
    private final OperatorRows.Effect always;

    /** @param by who gave the files */
    OverlayRows(CodesTopic.Content content, Instant now, String by) {
        this.content = content;
        this.always = new OperatorRows.Effect(null, now, by);
    }

    /**
     * The rows, each of an id once; those of a file count for events of any time.
     *
     * @throws dev.rebound.yaml.InvalidYamlException when a file cannot be used
     * @throws dev.rebound.classify.InvalidRowException when a row cannot be used
     */
    List<StatusCode> of(Optional<GivenFile> codes, Optional<GivenFile> rules) {
        Map<String, StatusCode> rows = new TreeMap<>();
        codes.ifPresent(
                file -> CodeFile.read(file.name(), file.text(), content).forEach(row -> rows.put(row.getId(), row)));
        rules.ifPresent(file -> new OperatorRules(content)
                .replacing(RuleFile.read(file.name(), new StringReader(file.text()), content.beneath()), always)
                .forEach(row -> rows.put(row.getId(), latestOnly(row))));
        rows.values().forEach(CodeTable::validate);
        return List.copyOf(rows.values());
    }

    /** The operator's present rows of the same ids. */
    List<StatusCode> replaced(List<StatusCode> overlay) {
        List<StatusCode> replaced = new ArrayList<>();
        for (StatusCode row : overlay) {
            StatusCode present = content.rows().get(CodesTopic.operatorKey(row.getId()));
            if (present != null) {
                replaced.add(present);
            }
        }
        return replaced;
    }

    private static StatusCode latestOnly(StatusCode row) {
        List<StatusCodeRevision> revisions = row.getRevisions();
        return new StatusCode(
                row.getId(), Origin.OPERATOR.text(), revisions.subList(revisions.size() - 1, revisions.size()));
    }
}
