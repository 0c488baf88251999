package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Categories;
import dev.rebound.suppress.Presets;
import io.javalin.http.HandlerType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardRoutesTest {

    private static final Path FILES = Path.of("src/main/resources/dev/rebound/http/dashboard");
    private static final List<String> PAGES = List.of(
            "/", "/domains/example.org", "/providers/google", "/codes", "/suppressions", "/replays", "/replays/one");

    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(
                new HttpSettings(Servers.EVERYWHERE, 0, null, null, Servers.LIMITS), DashboardRoutes.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyPageIsTheSameDocumentAndNeedsNoToken() throws Exception {
        for (String page : PAGES) {
            HttpResponse<String> answer = Servers.get(server, page);

            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(type(answer)).isEqualTo("text/html;charset=utf-8");
            assertThat(answer.body()).isEqualTo(Files.readString(FILES.resolve("index.html")));
            assertProtected(answer);
        }
    }

    @Test
    void assetsAreWhatTheyAre() throws Exception {
        Map<String, String> types = Map.of(
                "app.js", "text/javascript;charset=utf-8",
                "app.css", "text/css;charset=utf-8",
                "icon.svg", "image/svg+xml;charset=utf-8",
                "vendor/uplot-1.6.32/LICENSE", "text/plain;charset=utf-8");
        for (String name : DashboardRoutes.ASSETS) {
            HttpResponse<String> answer = Servers.get(server, "/assets/" + name);

            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(Files.readString(FILES.resolve(name)));
            if (types.containsKey(name)) {
                assertThat(type(answer)).isEqualTo(types.get(name));
            }
            assertProtected(answer);
        }
    }

    /** The server writes it with a blank or without. */
    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replace(" ", "");
    }

    private static void assertProtected(HttpResponse<String> answer) {
        Map<String, List<String>> headers = answer.headers().map();
        assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
        assertThat(headers.get("referrer-policy")).containsExactly("no-referrer");
        assertThat(headers.get("cache-control")).containsExactly("no-cache");
        assertThat(headers.get("content-security-policy"))
                .containsExactly(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                                + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void everyFileIsServedAndNoOther() throws Exception {
        try (Stream<Path> files = Files.walk(FILES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> !name.equals("index.html")))
                    .containsExactlyInAnyOrderElementsOf(DashboardRoutes.ASSETS);
        }
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        String tag = Servers.get(server, "/assets/app.js")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        HttpResponse<String> same = Servers.get(server, "/assets/app.js", "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);
        assertProtected(same);
        assertThat(Servers.get(server, "/assets/app.css", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void headHasHeadersAlone() throws Exception {
        for (String path : List.of("/", "/assets/app.css")) {
            HttpResponse<String> answer =
                    Servers.send(server, path, request -> request.method("HEAD", BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("ETag")).isPresent();
            assertProtected(answer);
        }
    }

    @Test
    void whatIsNotThereIsNotFoundHoweverItIsAskedFor() throws Exception {
        List<String> paths = List.of(
                "/index.html",
                "/assets",
                "/assets/",
                "/assets/pages",
                "/assets/index.html",
                "/assets/nothing.js",
                "/domains",
                "/domains/a/b",
                "/assets/../openapi.json",
                "/assets/pages/../../../openapi.json",
                "/assets/%2e%2e/openapi.json",
                "/assets/..%2fopenapi.json",
                "/assets/pages%2f..%2fapp.js",
                "/assets/pages/..;/app.js",
                "/assets//etc/passwd",
                "/assets/%00app.js");
        for (String path : paths) {
            try (RawClient client = new RawClient(server.port())) {
                String answer = client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .answer();

                assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("\"openapi\"", "root:");
            }
        }
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNothingStandsInTheDocument() throws Exception {
        String document = Files.readString(FILES.resolve("index.html"));

        assertThat(document).doesNotContain("://", "style=", "<style", "javascript:");
        assertThat(Pattern.compile(" on[a-z]+=").matcher(document).find()).isFalse();
        assertThat(Pattern.compile("<script(?![^>]* src=\"/assets/)")
                        .matcher(document)
                        .find())
                .isFalse();
        for (MatchResult file : all("(?:src|href)=\"/assets/([^\"]+)\"", document)) {
            assertThat(DashboardRoutes.ASSETS).contains(file.group(1));
        }
        for (String name : DashboardRoutes.ASSETS) {
            if (name.endsWith(".js") && !name.startsWith("vendor/")) {
                assertThat(Files.readString(FILES.resolve(name)))
                        .as(name)
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            }
        }
    }

    @Test
    void pagesAndAssetsAreOpenToAnyoneAndOnlyShowSomething() {
        assertThat(DashboardRoutes.of())
                .allMatch(route -> route.access() == Access.OPEN && route.method() == HandlerType.GET)
                .extracting(Route::path)
                .doesNotHaveDuplicates();
    }

    /** The script knows categories by itself, because figures name them without their scope. */
    @Test
    void categoriesHaveTheScopesOfTheTaxonomy() throws Exception {
        Map<String, String> told = new TreeMap<>();
        for (MatchResult line :
                all("(?m)^ {4}([A-Z_]+): \\{ scope: '([A-Z]+)'", Files.readString(FILES.resolve("words.js")))) {
            told.put(line.group(1), line.group(2));
        }
        Map<String, String> expected = new TreeMap<>();
        Categories.shipped()
                .all()
                .forEach(category ->
                        expected.put(category.name(), category.scope().name()));

        assertThat(told).isEqualTo(expected);
    }

    /** The form that starts a replay offers them. */
    @Test
    void policiesThatShipAreThoseOfTheSources() throws Exception {
        String told = all("(?m)^export const PRESETS = \\[(.*)];", Files.readString(FILES.resolve("words.js")))
                .get(0)
                .group(1);

        assertThat(told.replace("'", "").split(", ")).containsExactlyElementsOf(Presets.names());
    }

    @Test
    void theLicenceStandsBesideTheLibrary() throws Exception {
        assertThat(Files.readString(FILES.resolve("vendor/uplot-1.6.32/LICENSE")))
                .contains("MIT License", "Leon Sorokin");
    }

    private static List<MatchResult> all(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        List<MatchResult> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.toMatchResult());
        }
        assertThat(found).as(pattern).isNotEmpty();
        return found;
    }
}
