package dev.rebound.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The files of topology-docs/operations. */
final class Monitoring {

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    private Monitoring() {}

    /**
     * A query with the place that it stands in.
     *
     * @param place for messages
     * @param text PromQL, variables replaced
     */
    record Query(String place, String text) {}

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(read("grafana/rebound.json"));
    }

    /** The alert rules, in order. */
    static List<Map<String, Object>> alerts() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(read("alerts.yml"));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .toList();
    }

    /** Every query of the dashboard and of the alert rules. */
    static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        "panel " + panel.path("title").asText(),
                        target.path("expr").asText().replace("$__rate_interval", "5m")));
            }
        }
        for (JsonNode variable : dashboard().path("templating").path("list")) {
            Matcher values = LABEL_VALUES.matcher(variable.path("query").asText());
            if (values.matches()) {
                queries.add(new Query("variable " + variable.path("name").asText(), values.group(1)));
            }
        }
        for (Map<String, Object> alert : alerts()) {
            queries.add(
                    new Query("alert " + alert.get("alert"), alert.get("expr").toString()));
        }
        return queries;
    }

    static String read(String file) throws IOException {
        return Files.readString(Path.of(System.getProperty("repository.root"), "topology-docs", "operations")
                .resolve(file));
    }
}
