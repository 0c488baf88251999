package dev.rebound.promote;

import dev.rebound.classify.Origin;
import dev.rebound.codes.CodesTopic;
import dev.rebound.schema.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operator's rows in the topic of the code table.
 *
 * @param codes the topic
 */
record OperatorTopic(CodesTopic codes) implements LiveRows {

    @Override
    public Map<String, StatusCode> read() {
        return codes.read().rows().values().stream()
                .filter(row -> row.getOrigin().equals(Origin.OPERATOR.text()))
                .collect(Collectors.toMap(StatusCode::getId, Function.identity()));
    }

    @Override
    public void write(List<StatusCode> rows) {
        codes.write(rows);
    }
}
