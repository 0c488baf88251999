package dev.rebound.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlNodeTest {

    private static YamlNode read(String text) {
        return YamlNode.read("a.yaml", new StringReader(text));
    }

    @Test
    void valuesAreTextsAsTheyAreWritten() {
        var fields = read("id: 007\non: ' yes '\nlist: [1.10, ~]\nflag: true\n").fields("id", "on", "list", "flag");

        assertThat(fields.keySet()).containsExactly("id", "on", "list", "flag");
        assertThat(fields.get("id").text()).isEqualTo("007");
        assertThat(fields.get("on").text()).isEqualTo("yes");
        assertThat(fields.get("list").items()).extracting(YamlNode::text).containsExactly("1.10", "~");
        assertThat(fields.get("flag").truth()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ a.yaml: the file is empty",
                "'# nothing' ~ a.yaml: the file is empty",
                "'a: [1' ~ a.yaml:1: this is not YAML: expected ',' or ']'",
                "'a: 1\\n\tb: 2' ~ a.yaml:2: this is not YAML: found character '\\t",
                "'a: 1\\n---\\nb: 2' ~ a.yaml:2: this is not YAML: but found another document",
                "'a: *b' ~ a.yaml:1: this is not YAML: found undefined alias b",
            })
    void whatIsNotOneDocumentIsRefused(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(InvalidYamlException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aNestingWithoutEndIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(InvalidYamlException.class)
                .hasMessageContaining("this is not YAML");
    }

    @Test
    void complaintsNameLineKeyValueAndWhatWasExpected() {
        YamlNode root = read("""
                first: 1
                flag: perhaps
                list: {a: b}
                text: [a, b]
                """);
        var fields = root.fields("first", "flag", "list", "text");

        assertThatThrownBy(() -> fields.get("flag").truth())
                .hasMessage("a.yaml:2: flag: perhaps (expected: true or false)");
        assertThatThrownBy(() -> fields.get("list").items()).hasMessage("a.yaml:3: list: a map (expected: a list)");
        assertThatThrownBy(() -> fields.get("text").text())
                .hasMessage("a.yaml:4: text: a list (expected: a single value)");
        assertThatThrownBy(() -> fields.get("first").fields("x"))
                .hasMessage("a.yaml:1: first: 1 (expected: a map with the keys x)");
        assertThatThrownBy(() -> root.fields("first", "flag"))
                .hasMessage("a.yaml:3: list (expected: one of the keys first, flag)");
        assertThatThrownBy(() -> read("a: 1\na: 2\n").fields("a")).hasMessage("a.yaml:2: a (expected: each key once)");
        assertThatThrownBy(() -> read("[a]").fields("a"))
                .hasMessageContaining("a list (expected: a map with the keys a)");
    }

    @Test
    void aNameThatIsCloseToAKnownOneIsAskedFor() {
        YamlNode root = read("failure: 3\n");

        assertThatThrownBy(() -> root.fields("id", "failures"))
                .hasMessage("a.yaml:1: failure (expected: one of the keys id, failures; did you mean failures?)");
        assertThatThrownBy(() -> root.fields("id", "apart"))
                .hasMessage("a.yaml:1: failure (expected: one of the keys id, apart)");
        YamlNode value = read("list: tenants\n").fields("list").get("list");
        assertThat(value.unknown(List.of("tenant", "stream")))
                .hasMessage("a.yaml:1: list: tenants (expected: one of tenant, stream; did you mean tenant?)");
        assertThat(value.unknown(List.of("stream"))).hasMessage("a.yaml:1: list: tenants (expected: stream)");
    }

    @Test
    void keysCanBeNamesOfTheUsers() {
        YamlNode root = read("tenants:\n  b: 1\n  a: 2\n");
        YamlNode tenants = root.fields("tenants").get("tenants");

        assertThat(tenants.entries(name -> true, "a name").keySet()).containsExactly("b", "a");
        assertThatThrownBy(() -> tenants.entries(name -> name.equals("b"), "the name b"))
                .hasMessage("a.yaml:3: tenants: a (expected: the name b)");
        assertThatThrownBy(() -> read("[a]").entries(name -> true, "name"))
                .hasMessage("a.yaml:1: a list (expected: a map with a key for each name)");
    }

    @Test
    void aValueAloneIsAListOfOne() {
        var fields = read("one: 1\nmore: [1, 2]\nnone: []\n").fields("one", "more", "none");

        assertThat(fields.get("one").oneOrMore()).extracting(YamlNode::text).containsExactly("1");
        assertThat(fields.get("more").oneOrMore()).extracting(YamlNode::text).containsExactly("1", "2");
        assertThatThrownBy(() -> fields.get("none").oneOrMore())
                .hasMessage("a.yaml:3: none: a list (expected: at least one value)");
        assertThat(fields.get("one").isSingle()).isTrue();
        assertThat(fields.get("more").isSingle()).isFalse();
        assertThat(fields.get("more").isList()).isTrue();
    }

    @Test
    void aComplaintThatNamesItsKeyGetsThePlaceOnly() {
        YamlNode value = read("\nage: 7\n").fields("age").get("age");

        assertThat(value.at(new IllegalArgumentException("age: 7 (expected: 8)")))
                .hasMessage("a.yaml:2: age: 7 (expected: 8)");
    }

    @Test
    void aLongValueIsShownInPart() {
        assertThatThrownBy(() -> read("x".repeat(500)).truth())
                .hasMessage("a.yaml:1: " + "x".repeat(60) + "… (expected: true or false)");
    }
}
