package dev.rebound.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the tables of codes, categories and providers to what the code that reads them relies on. They are read as plain
 * text here, so that no reader can hide a fault of theirs.
 */
class ShippedDataTest {

    private static final Table CATEGORIES = Table.shipped("categories.tsv");
    private static final Table SEED = Table.shipped("seed.tsv");
    private static final Table IANA = Table.shipped("iana.tsv");
    private static final Table PROVIDERS = Table.shipped("providers.tsv");

    private static final String CLASS_ID = "[245]\\.XXX\\.YYY";
    private static final String GROUP_ID = "[1-5]xx";
    private static final String BASIC_ID = "\\d{3}";
    private static final String ENHANCED_ID = "[245]\\.\\d\\.\\d{1,2}";
    private static final String REGISTERED_ID = "X\\.\\d\\.\\d{1,2}";
    private static final String SUBJECT_ID = "X\\.\\d";

    @ParameterizedTest
    @ValueSource(strings = {"categories.tsv", "seed.tsv", "iana.tsv", "providers.tsv"})
    void tablesAreRectangularAndEveryIdIsThereOnce(String name) {
        String text = Table.resource(name);
        Table table = Table.parse(text);

        assertThat(text).endsWith("\n").doesNotContain("\r", "\uFEFF", "\n\n");
        assertThat(table.rows()).allSatisfy(row -> assertThat(row)
                .hasSameSizeAs(table.columns())
                .allSatisfy(cell -> assertThat(cell).isEqualTo(cell.strip())));
        assertThat(table.column(table.columns().get(0))).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void seedHasItsSeventyRows() {
        assertThat(SEED.columns())
                .containsExactly("id", "summary", "description", "bounce_type", "category", "explanation");
        assertThat(SEED.rows()).hasSize(70);
        assertThat(SEED.where(CLASS_ID).rows()).hasSize(3);
        assertThat(SEED.where(ENHANCED_ID).rows()).hasSize(48);
        assertThat(SEED.where(GROUP_ID).rows()).hasSize(5);
        assertThat(SEED.where(BASIC_ID).rows()).hasSize(14);
        assertThat(SEED.column("bounce_type")).containsOnly("HARD", "SOFT", "NONE");
    }

    @Test
    void seedKeepsItsSourcesWordingToTheByte() {
        Table source = reference("seed-status-codes.tsv");

        assertThat(SEED.cells("id", "summary", "description", "bounce_type"))
                .isEqualTo(source.cells("code", "summary", "description", "default_bounce_type"));
    }

    @Test
    void registeredCodesAreThoseOfTheRegistry() {
        Table source = reference("iana-enhanced-codes.tsv");

        assertThat(IANA.where(REGISTERED_ID).cells("id", "summary")).isEqualTo(source.cells("code", "sample_text"));
    }

    @Test
    void taxonomyIsTheAgreedOne() {
        Table source = reference("categories.tsv");

        assertThat(CATEGORIES.cells("category", "scope", "recipient_gone"))
                .isEqualTo(source.cells("category", "scope", "recipient_gone"));
    }

    @Test
    void taxonomyIsClosedAndExplained() {
        assertThat(CATEGORIES.rows()).hasSize(30);
        assertThat(CATEGORIES.column("scope"))
                .containsOnly("RECIPIENT", "DOMAIN", "SENDER", "CONTENT", "REPUTATION", "INFRASTRUCTURE", "UNKNOWN");
        assertThat(CATEGORIES.column("recipient_gone")).containsOnly("always", "by-text", "never");
        assertThat(CATEGORIES.column("meaning")).doesNotContain("");
        assertThat(CATEGORIES.column("what_to_do")).doesNotContain("");
    }

    /** What the sender has to answer for must never be read as a recipient that is gone. */
    @Test
    void onlyTroubleOfRecipientOrDomainMakesARecipientGone() {
        for (List<String> row : CATEGORIES.cells("scope", "recipient_gone")) {
            if (!row.get(1).equals("never")) {
                assertThat(row.get(0)).isIn("RECIPIENT", "DOMAIN");
            }
        }
    }

    @Test
    void categoriesThatRowsNameExist() {
        Set<String> known = Set.copyOf(CATEGORIES.column("category"));

        assertThat(Stream.of(SEED.column("category"), IANA.column("category_4"), IANA.column("category_5"))
                        .flatMap(List::stream)
                        .filter(name -> !name.isEmpty()))
                .isSubsetOf(known);
    }

    @Test
    void registeredCodesAndSubjectsHaveACategoryForEitherClass() {
        assertThat(IANA.where(REGISTERED_ID).rows()).hasSize(81);
        assertThat(IANA.where(SUBJECT_ID).column("id"))
                .containsExactly("X.0", "X.1", "X.2", "X.3", "X.4", "X.5", "X.6", "X.7");
        for (String ids : List.of(REGISTERED_ID, SUBJECT_ID)) {
            assertThat(IANA.where(ids).column("category_4")).doesNotContain("");
            assertThat(IANA.where(ids).column("category_5")).doesNotContain("");
        }
    }

    @Test
    void subjectsMeanWhatTheirUnspecificCodeMeans() {
        Table unspecific = IANA.where("X\\.\\d\\.0");

        assertThat(IANA.where(SUBJECT_ID).cells("category_4", "category_5"))
                .isEqualTo(unspecific.cells("category_4", "category_5"));
    }

    @Test
    void basicCodesHaveTheCategoryOfTheirClassOnly() {
        Table basic = IANA.where(BASIC_ID);

        assertThat(basic.rows().size() + IANA.where(REGISTERED_ID).rows().size() + 8)
                .as("rows that are a basic code, a registered code or a subject")
                .isEqualTo(IANA.rows().size());
        for (List<String> row : basic.cells("id", "category_4", "category_5")) {
            boolean transientFailure = row.get(0).startsWith("4");
            assertThat(row.get(1).isEmpty()).as(row.get(0) + " in class 4").isEqualTo(!transientFailure);
            assertThat(row.get(2).isEmpty()).as(row.get(0) + " in class 5").isEqualTo(transientFailure);
        }
        assertThat(basic.column("id")).doesNotContainAnyElementsOf(SEED.column("id"));
    }

    /** A subject, a class or a group says too little to write an address off. */
    @Test
    void coarseRowsNeverMakeARecipientGone() {
        Set<String> never = CATEGORIES.cells("category", "recipient_gone").stream()
                .filter(row -> row.get(1).equals("never"))
                .map(row -> row.get(0))
                .collect(Collectors.toSet());

        assertThat(never).containsAll(IANA.where(SUBJECT_ID).column("category_4"));
        assertThat(never).containsAll(IANA.where(SUBJECT_ID).column("category_5"));
        assertThat(never).containsAll(SEED.where(CLASS_ID).column("category"));
        assertThat(never).containsAll(SEED.where(GROUP_ID).column("category"));
    }

    @Test
    void codesSayWhatTheTaxonomySays() {
        Map<String, String> assigned = new TreeMap<>();
        for (String ids : List.of(CLASS_ID, GROUP_ID, BASIC_ID)) {
            SEED.where(ids).cells("id", "category").forEach(row -> put(assigned, row.get(0), row.get(1)));
        }
        for (List<String> row : IANA.where(REGISTERED_ID).cells("id", "category_4", "category_5")) {
            put(assigned, inClass('4', row.get(0)), row.get(1));
            put(assigned, inClass('5', row.get(0)), row.get(2));
        }
        IANA.where(BASIC_ID)
                .cells("id", "category_4", "category_5")
                .forEach(row -> put(assigned, row.get(0), row.get(1) + row.get(2)));

        assertThat(assigned).isEqualTo(taxonomyByCode());
    }

    @Test
    void enhancedSeedCodesLeaveTheCategoryToTheRegistrysRow() {
        Set<String> registered = new TreeSet<>();
        IANA.where(REGISTERED_ID).column("id").forEach(id -> registered.add(inClass('5', id)));

        assertThat(SEED.where(ENHANCED_ID).column("category")).containsOnly("");
        assertThat(registered).containsAll(SEED.where(ENHANCED_ID).column("id"));
    }

    @Test
    void everyCodeIsExplainedSomewhere() {
        assertThat(IANA.column("explanation")).doesNotContain("");
        assertThat(IANA.column("summary")).doesNotContain("");
        assertThat(IANA.column("reference")).doesNotContain("");
        for (String ids : List.of(CLASS_ID, GROUP_ID, BASIC_ID, "5\\.0\\.0")) {
            assertThat(SEED.where(ids).column("explanation")).doesNotContain("");
        }
    }

    @Test
    void providersHaveHostSuffixesAndOneNameEach() {
        Map<String, String> names = new TreeMap<>();

        assertThat(PROVIDERS.column("suffix"))
                .allMatch(
                        suffix -> suffix.matches("[a-z0-9]+([-.][a-z0-9]+)*\\.[a-z]+"),
                        "host name without dot in front");
        for (List<String> row : PROVIDERS.cells("provider", "name")) {
            assertThat(row.get(0)).matches("[a-z][a-z0-9]*").isNotEqualTo("unknown");
            assertThat(row.get(1)).isNotEmpty();
            assertThat(names.merge(row.get(0), row.get(1), (first, second) -> first))
                    .isEqualTo(row.get(1));
        }
    }

    /** The {@code codes} column turned round: from code, with X written out as 4 and 5, to category. */
    private static Map<String, String> taxonomyByCode() {
        Map<String, String> byCode = new TreeMap<>();
        for (List<String> row : CATEGORIES.cells("codes", "category")) {
            if (row.get(0).isEmpty()) {
                continue;
            }
            for (String code : row.get(0).split(", ")) {
                if (code.startsWith("X")) {
                    put(byCode, inClass('4', code), row.get(1));
                    put(byCode, inClass('5', code), row.get(1));
                } else {
                    put(byCode, code, row.get(1));
                }
            }
        }
        return byCode;
    }

    private static void put(Map<String, String> byCode, String code, String category) {
        assertThat(byCode.put(code, category)).as("second category of " + code).isNull();
    }

    private static String inClass(char digit, String id) {
        return digit + id.substring(1);
    }

    /** A table of the reference data beside the repository; the test is skipped where that is absent. */
    private static Table reference(String name) {
        Path file = Path.of(System.getProperty("repository.root", ".."), "..", "shared", "reference", name);
        assumeTrue(Files.isRegularFile(file), "no reference data beside the repository");
        try {
            return Table.parse(Table.strictly(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tab-separated table: its column names and its rows, cells in the order of the columns. */
    private record Table(List<String> columns, List<List<String>> rows) {

        static Table shipped(String name) {
            return parse(resource(name));
        }

        static String resource(String name) {
            try (InputStream in = ShippedDataTest.class.getResourceAsStream("/dev/rebound/codes/" + name)) {
                assertThat(in).as(name).isNotNull();
                return strictly(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Decodes UTF-8 and fails on anything else: equal texts are then equal bytes. */
        static String strictly(byte[] bytes) throws IOException {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }

        static Table parse(String text) {
            List<List<String>> lines = new ArrayList<>();
            for (String line : text.split("\n")) {
                if (!line.startsWith("#")) {
                    lines.add(List.of(line.split("\t", -1)));
                }
            }
            return new Table(lines.get(0), lines.subList(1, lines.size()));
        }

        /** The rows whose first cell matches the whole expression. */
        Table where(String id) {
            return new Table(
                    columns, rows.stream().filter(row -> row.get(0).matches(id)).toList());
        }

        List<String> column(String name) {
            return cells(name).stream().map(row -> row.get(0)).toList();
        }

        List<List<String>> cells(String... names) {
            int[] at = Stream.of(names).mapToInt(this::position).toArray();
            return rows.stream()
                    .map(row -> Arrays.stream(at).mapToObj(row::get).toList())
                    .toList();
        }

        private int position(String name) {
            assertThat(columns).contains(name);
            return columns.indexOf(name);
        }
    }
}
