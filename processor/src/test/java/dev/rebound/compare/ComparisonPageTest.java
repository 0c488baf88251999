package dev.rebound.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {

    private static String page(Comparison comparison, boolean addresses) throws IOException {
        StringWriter page = new StringWriter();
        ComparisonPage.write(comparison, addresses, page);
        return page.toString();
    }

    @Test
    void standsAlone() throws IOException {
        String page = page(AComparison.ordinary(), true);

        assertThat(page).doesNotContainIgnoringCase("<script", "<link", "<img", "@import", "url(", "//", "src=");
        assertThat(page).contains("prefers-color-scheme: dark", "width=device-width");
        Document document = Jsoup.parse(page);
        assertThat(document.select("h1").text()).isEqualTo("live → march");
        assertThat(document.select("h2").eachText())
                .containsExactly(
                        "Kind of bounce",
                        "Category",
                        "Rule",
                        "Provider",
                        "Fields that differ",
                        "Receiving domains",
                        "Suppressions",
                        "Statistics",
                        "Statistics by key",
                        "Not compared");
        assertThat(document.select(".matrix tr:nth-child(1) td").eachText()).containsExactly("·", "1,179", "0");
        assertThat(document.select(".kind").eachText()).containsExactly("lifted", "added", "changed");
        assertThat(document.select("th").eachAttr("scope")).doesNotContain("");
    }

    @Test
    void whatComesFromOutsideIsText() throws IOException {
        String hostile = "\"><img src=x onerror='alert(1)'></style></title><!-- &amp; \u0007";

        Document document = Jsoup.parse(page(AComparison.hostile(hostile), true));

        assertThat(document.select("img, [onerror], script")).isEmpty();
        assertThat(document.select("main")).hasSize(1);
        assertThat(document.select("h1").text()).contains("onerror='alert(1)'", "&amp;");
        assertThat(document.select("table.matrix")).hasSize(1);
    }

    @Test
    void recipientsAreMaskedUnlessTheyAreAskedFor() throws IOException {
        assertThat(page(AComparison.ordinary(), false))
                .contains("j***@example.com", "asked for by j***@example.com")
                .doesNotContain("jane")
                .doesNotContain("doe");
        assertThat(page(AComparison.ordinary(), true)).contains("jane.doe@example.com");
    }

    @Test
    void aNoteStandsAtTheTop() throws IOException {
        Document document = Jsoup.parse(page(AComparison.same().withNote("<b>other commands"), false));

        assertThat(document.select("header .note").text()).isEqualTo("<b>other commands");
        assertThat(Jsoup.parse(page(AComparison.same(), false)).select("header .note"))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfWhatDoesNotDiffer() throws IOException {
        Document document = Jsoup.parse(page(AComparison.same(), false));

        assertThat(document.select(".lead").text()).isEqualTo("Nothing differs.");
        assertThat(document.select("h2").eachText()).containsExactly("Not compared");
    }

    /** Every class of the page has a rule, and the other way round. */
    @Test
    void theSheetFitsThePage() throws IOException {
        String page = page(AComparison.ordinary(), false);
        String sheet = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
        String body = page.substring(page.indexOf("</style>"));

        assertThat(Pattern.compile("\\.([a-z][a-z0-9-]*)(?=[^{}]*\\{)")
                        .matcher(sheet)
                        .results()
                        .map(match -> match.group(1))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(body).containsPattern("class=\"?[^\">]*\\b" + name + "\\b"));
    }
}
