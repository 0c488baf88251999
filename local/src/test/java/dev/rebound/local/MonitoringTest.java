package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Dashboard, alerts and runbook belong together; their queries are put to a running processor by {@code MonitoringIT}. */
class MonitoringTest {

    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\S+)$");

    @Test
    void everyPanelHasItsOwnIdPlaceAndSentence() throws Exception {
        List<Integer> ids = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (JsonNode panel : Monitoring.dashboard().path("panels")) {
            ids.add(panel.path("id").asInt());
            titles.add(panel.path("title").asText());
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).as("%s", panel).endsWith(".");
                assertThat(panel.path("targets")).as("%s", panel).isNotEmpty();
                assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            }
        }
        assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates().doesNotContain(0);
        assertThat(titles).doesNotHaveDuplicates();
    }

    @Test
    void noPanelLiesOnAnother() throws Exception {
        List<String> cells = new ArrayList<>();
        for (JsonNode panel : Monitoring.dashboard().path("panels")) {
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    cells.add((place.path("x").asInt() + x) + "/"
                            + (place.path("y").asInt() + y));
                }
            }
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
        }
        assertThat(cells).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void everyAlertHasAnEntryInTheRunbookAndEveryEntryAnAlert() throws Exception {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> alert : Monitoring.alerts()) {
            String name = alert.get("alert").toString();
            names.add(name);
            assertThat(annotation(alert, "runbook"))
                    .isEqualTo("topology-docs/operations/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(annotation(alert, "summary")).isNotBlank();
            assertThat(alert.get("labels").toString()).containsPattern("severity=(critical|warning|info)");
        }
        assertThat(HEADING.matcher(Monitoring.read("runbook.md")).results().map(heading -> heading.group(1)))
                .containsExactlyElementsOf(names);
    }

    private static String annotation(Map<String, Object> alert, String name) {
        return String.valueOf(((Map<?, ?>) alert.get("annotations")).get(name));
    }

    @Test
    void everyEntrySaysWhatItMeansWhereToLookAndWhatToDo() throws Exception {
        String[] entries = Monitoring.read("runbook.md").split("(?m)^## ");

        assertThat(List.of(entries).subList(1, entries.length)).isNotEmpty().allSatisfy(entry -> assertThat(entry)
                .contains("**Means** ", "**Look at** ", "**Do** "));
    }

    @Test
    void panelsThatTheRunbookNamesExist() throws Exception {
        List<String> titles = Monitoring.dashboard().path("panels").findValuesAsText("title");

        assertThat(Pattern.compile("(?<!\\*)\\*([^*]+)\\*(?!\\*)")
                        .matcher(Monitoring.read("runbook.md"))
                        .results()
                        .map(name -> name.group(1).replace('\n', ' ')))
                .isNotEmpty()
                .isSubsetOf(titles);
    }
}
