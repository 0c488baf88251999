package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a document points to is there. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

    private static final Set<String> TESTS = Repository.filesEndingIn(".java").stream()
            .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length()))
            .collect(Collectors.toSet());

    static List<String> documents() {
        return Repository.filesEndingIn(".md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void filesThatADocumentLinksToExist(String document) {
        String text = Repository.read(document);
        List<String> targets = LINK.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://"))
                .toList();

        assertThat(targets)
                .allSatisfy(target -> assertThat(Repository.file(document).resolveSibling(target))
                        .matches(Files::exists, "exists"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void testsThatADocumentNamesExist(String document) {
        assertThat(TEST_CLASS.matcher(Repository.read(document)).results().map((MatchResult match) -> match.group(1)))
                .isSubsetOf(TESTS);
    }
}
