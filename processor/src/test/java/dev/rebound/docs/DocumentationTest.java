package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated documentation says what the sources say. */
class DocumentationTest {

    private static final TopologyDescription TOPOLOGY = ShippedTopology.describe();

    static List<Page> pages() {
        return Documentation.pages(TOPOLOGY);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isUpToDate(Page page) throws IOException {
        Path file = Repository.file(page.file());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, page.text());
        }
        assertThat(file)
                .as("%s; to write it, run: %s", page, Markdown.REGENERATE)
                .exists();
        assertThat(Files.readString(file)).as("""
                        %s is out of date. Not meant to change? Then a store, step, topic, field or code changed by accident.
                        Meant? Run
                          %s
                        commit the file, and say in CHANGELOG.md what happens to state that running instances hold.""", page, Markdown.REGENERATE).isEqualTo(page.text());
    }

    /** A generated name ends in a number that counts steps: a step added in front would rename the state behind it. */
    @Test
    void everyStepStoreAndTopicHasANameOfItsOwn() {
        assertThat(new TopologyGraph(TOPOLOGY).names()).isNotEmpty().noneMatch(name -> name.matches(".*-\\d{10}.*"));
        assertThat(TOPOLOGY.toString()).doesNotContainPattern("-\\d{10}");
    }
}
