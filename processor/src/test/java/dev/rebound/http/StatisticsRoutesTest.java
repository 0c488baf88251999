package dev.rebound.http;

import static dev.rebound.lookup.FakeCluster.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.lookup.FakeCluster;
import dev.rebound.lookup.Mail;
import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.Subject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics over HTTP: answers as documented, mistakes told one by one. */
class StatisticsRoutesTest {

    private static final String PATH = "/api/v1";
    private static final String[] SHOWN = {
        "/overview",
        "/series?from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z",
        "/domains",
        "/providers",
        "/domains/example.org",
        "/providers/google",
        "/domains/example.org/series?step=P1D",
        "/providers/google/series?step=P1D",
        "/codes/5.1.1/domains"
    };
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeCluster cluster = new FakeCluster(2, 3).withStandbys();
    private final HttpServer server = start(cluster.statistics(0));

    private static HttpServer start(StatisticsLookups lookups) {
        return start(lookups, Servers.LOOPBACK, Servers.LIMITS);
    }

    private static HttpServer start(StatisticsLookups lookups, String host, HttpSettings.Limits limits) {
        return HttpServer.start(
                new HttpSettings(host, 0, new Password(Servers.TOKEN), null, limits),
                StatisticsRoutes.of(lookups, () -> Map.of("google", "Gmail")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApiContract.check(answer);
        return JSON.readTree(answer.body());
    }

    private static List<String> texts(JsonNode array, String member) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.path(member).asText()));
        return texts;
    }

    /** Of everything something, in three minutes of two days. */
    private void counted() {
        Mail today = Mail.to("example.org").with("google").at(NOW.minusSeconds(90));
        Mail before = Mail.to("example.org").with("google").at(NOW.minus(Duration.ofHours(30)));
        Mail elsewhere = Mail.to("example.net").at(NOW.minusSeconds(30));
        cluster.counted(
                today.deliveredAfter(Duration.ofSeconds(3)),
                today.recipient("jo").deliveredAfter(Duration.ofSeconds(5)),
                today.deferred(),
                today.deferred(),
                today.hard(),
                today.soft(),
                today.bouncedLater(),
                today.expired(),
                today.complained(),
                today.notAttempted(),
                before.delivered(),
                before.delivered(),
                before.hard(),
                elsewhere.delivered(),
                elsewhere.of("acme").delivered(),
                elsewhere.hard());
    }

    @Test
    void figuresAreWhatTheyAreCalled() throws Exception {
        counted();

        JsonNode domain = get("/domains/example.org?from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z");

        assertThat(domain.path("totals")).isEqualTo(JSON.readTree("""
                        {"attempts": 10, "messages": 5, "delivered": 2, "deferred": 2, "soft": 3, "hard": 1,
                         "complained": 1, "notAttempted": 1, "unclassified": 1, "expired": 1, "asynchronous": 1, "blocked": 2,
                         "rates": {"delivery": 0.4, "bounce": 0.6, "deferral": 0.2857142857142857, "complaint": 0.5,
                                   "blocked": 0.25}}"""));
    }

    @Test
    void aDomainIsToldWithEverything() throws Exception {
        counted();

        JsonNode domain = get("/domains/example.org?from=2026-06-01T11:58:00Z&to=2026-06-01T11:59:00Z");

        assertThat(domain.path("domain").asText()).isEqualTo("example.org");
        assertThat(domain.path("provider").asText()).isEqualTo("google");
        assertThat(domain.path("from").asText()).isEqualTo("2026-06-01T11:58:00Z");
        assertThat(domain.path("to").asText()).isEqualTo("2026-06-01T11:59:00Z");
        assertThat(domain.path("watermark").asText()).isEqualTo("2026-06-01T11:59:30Z");
        assertThat(domain.path("stale").asBoolean()).isFalse();
        assertThat(domain.path("categories").get(0))
                .isEqualTo(JSON.readTree("{\"category\":\"RATE_LIMITED\",\"scope\":\"REPUTATION\",\"events\":2}"));
        assertThat(texts(domain.path("categories"), "category"))
                .containsExactly(
                        "RATE_LIMITED",
                        "BAD_MAILBOX",
                        "COMPLAINT",
                        "EXPIRED",
                        "LOCAL_REJECTED",
                        "MAILBOX_FULL",
                        "UNDETERMINED");
        assertThat(domain.at("/scopes/RECIPIENT").asInt()).isEqualTo(3);
        assertThat(texts(domain.path("codes"), "code")).containsExactly("4.7.0", "4.2.2", "4.4.7", "5.1.1");
        JsonNode details = domain.path("details");
        assertThat(details.path("from").asText()).isEqualTo("2026-06-01T11:00:00Z");
        assertThat(details.path("to").asText()).isEqualTo("2026-06-01T12:00:00Z");
        assertThat(details.at("/timeToDeliver/messages").asInt()).isEqualTo(2);
        assertThat(details.at("/timeToDeliver/p99").asDouble()).isBetween(2.9, 5.1);
        assertThat(details.at("/attemptsPerMessage/p50").asDouble()).isBetween(0.98, 1.02);
        assertThat(details.path("recipients").asInt()).isEqualTo(2);
        assertThat(details.at("/replies/0")).isEqualTo(JSON.readTree("""
                        {"text": "421 4.7.0 Too many messages", "events": 2, "example": "421 4.7.0 Too many messages",
                         "category": "RATE_LIMITED", "scope": "REPUTATION", "code": "4.7.0",
                         "lastSeen": "2026-06-01T11:58:30Z"}"""));
    }

    @Test
    void aProviderIsToldByIdAndName() throws Exception {
        counted();

        JsonNode google = get("/providers/Google");

        assertThat(google.path("provider").asText()).isEqualTo("google");
        assertThat(google.path("name").asText()).isEqualTo("Gmail");
        assertThat(google.at("/totals/attempts").asInt()).isEqualTo(13);
        assertThat(google.path("from").isNull()).isTrue();
        assertThat(google.path("to").isNull()).isTrue();
        JsonNode others = get("/providers/" + Subject.UNKNOWN_PROVIDER);
        assertThat(others.path("name").asText()).isEqualTo(Subject.UNKNOWN_PROVIDER);
        assertThat(others.at("/totals/attempts").asInt()).isEqualTo(3);
        assertThat(others.at("/details/timeToDeliver").isNull()).isTrue();
    }

    @Test
    void whatWasNeverSeenIsNotFound() throws Exception {
        counted();
        for (String path : List.of(
                "/domains/example.com",
                "/providers/microsoft",
                "/domains/example.org?tenant=nobody",
                "/domains/example.org?to=2026-05-01T00:00:00Z")) {
            HttpResponse<String> answer = Servers.get(server, PATH + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            OpenApiContract.check(answer);
            assertThat(Problems.of(answer).path("detail").asText()).contains("nothing was counted");
        }
        assertThat(get("/domains/example.com/series?step=P1D").path("points")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.Example., xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "[IPv6:2001:DB8::1], [ipv6:2001:db8::1]",
        "_dmarc.example.org, _dmarc.example.org",
        "(other), (other)",
    })
    void aDomainIsFoundHoweverItIsWritten(String asked, String name) throws Exception {
        cluster.counted(Mail.to(name).at(NOW.minusSeconds(5)).hard());
        String path = "/domains/" + URLEncoder.encode(asked, StandardCharsets.UTF_8);

        assertThat(get(path).path("domain").asText()).isEqualTo(name);
        assertThat(get(path + "/series?step=P1D").path("domain").asText()).isEqualTo(name);
        assertThat(get(path + "/series?step=P1D").at("/points/0/hard").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "a%7Cb", "..%2Fx", "%00", "%ED%A0%80", "a%3Bb", "x%25y", "%F0%9F%98%80"})
    void aNameThatCannotBeIsNotFoundOrRefused(String name) throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + "/domains/" + name);

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
        Problems.of(answer);
    }

    @Test
    void theOverviewIsOfAllMail() throws Exception {
        counted();
        cluster.counted(Mail.to(Subject.OTHER_DOMAINS)
                .with("google")
                .at(NOW.minusSeconds(1))
                .delivered());

        JsonNode overview = get("/overview?from=2026-06-01T00:00:00Z");

        assertThat(overview.at("/totals/attempts").asInt()).isEqualTo(14);
        assertThat(overview.at("/totals/categories/RATE_LIMITED").asInt()).isEqualTo(2);
        assertThat(overview.at("/totals/scopes/RECIPIENT").asInt()).isEqualTo(4);
        assertThat(overview.path("folded").asInt()).isEqualTo(1);
        assertThat(overview.has("before")).isFalse();
        assertThat(get("/overview?from=2026-06-01T00:00:00Z&tenant=acme")
                        .at("/totals/attempts")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("/overview?tenant=nobody").at("/totals/rates/delivery").isNull())
                .isTrue();
    }

    @Test
    void nothingIsNothing() throws Exception {
        JsonNode overview = get("/overview");

        assertThat(overview.at("/totals/attempts").asInt()).isZero();
        assertThat(overview.path("watermark").isNull()).isTrue();
        assertThat(get("/domains").path("domains")).isEmpty();
        assertThat(get("/providers").path("providers")).isEmpty();
        assertThat(get("/series?step=P1D").path("points")).isEmpty();
        assertThat(get("/codes/5.1.1/domains").path("events").asInt()).isZero();
    }

    @Test
    void twoSpansAreCompared() throws Exception {
        counted();
        String spans = "from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z"
                + "&compareFrom=2026-05-31T00:00:00Z&compareTo=2026-06-01T00:00:00Z";

        assertThat(get("/overview?" + spans).at("/before/attempts").asInt()).isEqualTo(3);
        assertThat(get("/overview?" + spans)
                        .at("/before/categories/BAD_MAILBOX")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("/domains/example.org?" + spans).at("/before/delivered").asInt())
                .isEqualTo(2);
        assertThat(get("/domains/example.net?" + spans).at("/before/delivered").asInt())
                .isZero();
        JsonNode rows = get("/domains?order=attempts&" + spans).path("domains");
        assertThat(rows.at("/0/domain").asText()).isEqualTo("example.org");
        assertThat(rows.at("/0/before/attempts").asInt()).isEqualTo(3);
        assertThat(rows.at("/1/before/attempts").asInt()).isZero();
        assertThat(get("/overview?compareFrom=&compareTo=").has("before")).isFalse();
        assertThat(get("/overview?compareFrom=all").at("/before/attempts").asInt())
                .isEqualTo(16);
    }

    @Test
    void aSeriesHasItsWindows() throws Exception {
        counted();

        JsonNode hours = get("/series?from=2026-05-31T00:00:00Z&to=2026-06-01T12:00:00Z");
        JsonNode minutes = get("/series?from=2026-06-01T11:00:00Z&to=2026-06-01T12:00:00Z&step=pt1m");

        assertThat(hours.path("step").asText()).isEqualTo("PT1H");
        assertThat(texts(hours.path("points"), "start"))
                .containsExactly("2026-05-31T06:00:00Z", "2026-06-01T11:00:00Z");
        assertThat(hours.at("/points/0/hard").asInt()).isEqualTo(1);
        assertThat(hours.at("/points/1/categories/BAD_MAILBOX").asInt()).isEqualTo(2);
        assertThat(hours.at("/points/1/scopes/REPUTATION").asInt()).isEqualTo(2);
        assertThat(texts(minutes.path("points"), "start"))
                .containsExactly("2026-06-01T11:58:00Z", "2026-06-01T11:59:00Z");
        assertThat(get("/providers/google/series?step=P1D").path("provider").asText())
                .isEqualTo("google");
        assertThat(get("/domains/example.net/series?step=P1D&tenant=acme")
                        .at("/points/0/attempts")
                        .asInt())
                .isEqualTo(1);
    }

    /** Much of a little is less trouble than a third of much. */
    @Test
    void domainsAreInTheOrderThatIsAskedFor() throws Exception {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            facts.add(Mail.to("large.example").delivered());
            facts.add(
                    i < 12
                            ? Mail.to("large.example").deferred()
                            : Mail.to("good.example").delivered());
        }
        facts.add(Mail.to("small.example").hard());
        facts.add(Mail.to("small.example").hard());
        cluster.counted(facts.toArray(Fact[]::new));

        assertThat(texts(get("/domains").path("domains"), "domain"))
                .containsExactly("large.example", "good.example", "small.example");
        assertThat(texts(get("/domains?order=trouble").path("domains"), "domain"))
                .containsExactly("large.example", "small.example", "good.example");
        assertThat(texts(get("/domains?order=bounceRate").path("domains"), "domain"))
                .containsExactly("small.example", "good.example", "large.example");
        JsonNode most = get("/domains?order=hard&limit=1");
        assertThat(texts(most.path("domains"), "domain")).containsExactly("small.example");
        assertThat(most.path("more").asInt()).isEqualTo(2);
        assertThat(most.at("/domains/0/topCategory").asText()).isEqualTo("BAD_MAILBOX");
        assertThat(most.at("/domains/0/topScope").asText()).isEqualTo("RECIPIENT");
        assertThat(get("/domains?order=delivered").at("/domains/0/topScope").asText())
                .isEqualTo("REPUTATION");
        assertThat(get("/domains").at("/domains/1/topCategory").isNull()).isTrue();
        assertThat(get("/providers").at("/providers/0/provider").asText()).isEqualTo("unknown");
    }

    @Test
    void everyMeasureIsAnOrderAndEveryOrderIsDocumented() throws Exception {
        counted();
        JsonNode orders = OpenApiContract.resolved(JSON.readTree("{\"$ref\":\"#/components/parameters/Order\"}"))
                .at("/schema/enum");

        assertThat(Stream.of(dev.rebound.lookup.Measure.values()).map(measure -> measure.text()))
                .containsExactlyElementsOf(
                        JSON.convertValue(orders, String[].class) == null
                                ? List.of()
                                : List.of(JSON.convertValue(orders, String[].class)));
        for (JsonNode order : orders) {
            assertThat(get("/domains?order=" + order.asText()).path("domains")).hasSize(2);
        }
    }

    @Test
    void theFirstHundredRowsCanHaveAShortSeries() throws Exception {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            facts.add(Mail.to("d" + i + ".example").at(NOW.minusSeconds(4_000)).delivered());
            facts.add(Mail.to("d" + i + ".example").at(NOW.minusSeconds(10)).hard());
        }
        cluster.counted(facts.toArray(Fact[]::new));

        JsonNode rows = get("/domains?from=2026-06-01T00:00:00Z&to=2026-06-01T12:00:00Z&spark=PT1H")
                .path("domains");

        assertThat(rows).hasSize(103);
        assertThat(rows.at("/0/spark").toString())
                .isEqualTo("{\"step\":\"PT1H\",\"points\":[[1780308000000,1,0],[1780311600000,1,1]]}");
        assertThat(rows.get(99).has("spark")).isTrue();
        assertThat(rows.get(100).has("spark")).isFalse();
        assertThat(get("/providers?spark=p1d")
                        .at("/providers/0/spark/points/0/1")
                        .asInt())
                .isEqualTo(206);
    }

    @Test
    void domainsAndProvidersAddUpToTheTotals() throws Exception {
        counted();
        cluster.counted(Mail.to(Subject.OTHER_DOMAINS).with("google").delivered());

        for (String query : List.of("", "?tenant=default", "?tenant=acme", "?from=2026-06-01T00:00:00Z")) {
            JsonNode totals = get("/overview" + query).path("totals");
            for (String measure : List.of("attempts", "messages", "delivered", "soft", "hard", "blocked")) {
                assertThat(sum(get("/domains" + query).path("domains"), measure))
                        .as("%s of domains%s", measure, query)
                        .isEqualTo(totals.path(measure).asLong());
                assertThat(sum(get("/providers" + query).path("providers"), measure))
                        .as("%s of providers%s", measure, query)
                        .isEqualTo(totals.path(measure).asLong());
            }
        }
        assertThat(get("/domains").path("folded").asInt()).isEqualTo(1);
    }

    private static long sum(JsonNode rows, String member) {
        long sum = 0;
        for (JsonNode row : rows) {
            sum += row.path(member).asLong();
        }
        return sum;
    }

    /** Programs read these members: they stay, with these names and meanings, in every version of the interface. */
    @Test
    void theShapeOfTheListOfDomainsIsStable() throws Exception {
        counted();

        JsonNode answer = get("/domains?from=2026-06-01T00:00:00Z&to=all");
        JsonNode all = get("/domains?from=all&to=all");

        assertThat(answer.path("watermark").asText()).isEqualTo("2026-06-01T11:59:30Z");
        assertThat(answer.path("domains")).hasSize(2);
        assertThat(all.path("domains")).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("domain").isTextual()).isTrue();
            assertThat(row.path("provider").isTextual() || row.path("provider").isNull())
                    .isTrue();
            long outcomes = 0;
            for (String outcome : List.of("delivered", "deferred", "soft", "hard", "complained", "notAttempted")) {
                assertThat(row.path(outcome).isIntegralNumber()).as(outcome).isTrue();
                outcomes += row.path(outcome).asLong();
            }
            assertThat(row.path("attempts").asLong()).isEqualTo(outcomes);
            assertThat(row.path("unclassified").isIntegralNumber()).isTrue();
        });
        assertThat(sum(all.path("domains"), "attempts")).isEqualTo(16);
        assertThat(all.at("/domains/0/domain").asText()).isEqualTo("example.org");
    }

    @Test
    void whereACodeWasSeenIsTold() throws Exception {
        counted();

        JsonNode seen = get("/codes/5.1.1/domains");

        assertThat(seen.path("code").asText()).isEqualTo("5.1.1");
        assertThat(seen.path("events").asInt()).isEqualTo(3);
        assertThat(seen.path("domains").toString())
                .isEqualTo("[{\"domain\":\"example.org\",\"provider\":\"google\",\"events\":2},"
                        + "{\"domain\":\"example.net\",\"provider\":null,\"events\":1}]");
        JsonNode first = get("/codes/5.1.1/domains?limit=1");
        assertThat(first.path("domains")).hasSize(1);
        assertThat(first.path("events").asInt()).isEqualTo(3);
        assertThat(first.path("more").asInt()).isEqualTo(1);
        assertThat(get("/codes/5.1.1/domains?tenant=acme").path("events").asInt())
                .isZero();
    }

    @Test
    void repliesShowNoAddress() throws Exception {
        Mail mail = Mail.to("example.org").recipient("kim.meyer").at(NOW.minusSeconds(5));
        cluster.counted(
                mail.hard("550 5.1.1 <kim.meyer@example.org>: no such user, queue id 4F2xyz9A1B"),
                mail.hard("550 5.1.1 <kim.meyer@example.org>: no such user, queue id 4F2xyz9A1C"));

        JsonNode reply = get("/domains/example.org").at("/details/replies/0");

        assertThat(reply.path("text").asText()).isEqualTo("550 5.1.1 <<address>>: no such user, queue id #");
        assertThat(reply.path("events").asInt()).isEqualTo(2);
        assertThat(reply.path("example").asText())
                .isEqualTo("550 5.1.1 <k***@example.org>: no such user, queue id 4F2xyz9A1C");
    }

    @Test
    void figuresAreHadAsCsv() throws Exception {
        counted();
        String header = "attempts,messages,delivered,deferred,soft,hard,complained,notAttempted,unclassified,expired,"
                + "asynchronous,blocked,deliveryRate,bounceRate,deferralRate,complaintRate,blockedRate\r\n";

        HttpResponse<String> domains =
                csv("/domains?from=2026-06-01T00:00:00Z&order=attempts&format=csv&spark=P1D&compareFrom=all");
        assertThat(domains.body())
                .isEqualTo("domain,provider," + header
                        + "example.org,google,10,5,2,2,3,1,1,1,1,1,1,2,0.4,0.6,0.2857142857142857,0.5,0.25\r\n"
                        + "example.net,,3,3,2,0,0,1,0,0,0,0,0,0,0.6666666666666666,0.3333333333333333,0.0,0.0,0.0\r\n");
        assertThat(domains.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"domains.csv\"");
        assertThat(csv("/providers?limit=1&format=CSV").body()).startsWith("provider," + header + "google,13,");
        assertThat(csv("/series?step=P1D&format=csv&tenant=acme").body())
                .isEqualTo("start," + header + "2026-06-01T00:00:00Z,1,1,1,0,0,0,0,0,0,0,0,0,1.0,0.0,0.0,0.0,0.0\r\n");
        assertThat(csv("/domains/example.com/series?step=P1D&format=csv").body())
                .isEqualTo("start," + header);
        cluster.counted(Mail.to("void.example").of("void").notAttempted());
        assertThat(csv("/domains?tenant=void&format=csv").body())
                .endsWith("void.example,,1,0,0,0,0,0,0,1,0,0,0,0,,,,,\r\n");
    }

    private HttpResponse<String> csv(String path) throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApiContract.check(answer);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8; header=present");
        return answer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "/overview?form=all # form # did you mean from?",
                "/overview?from=yesterday # from # this is no time (expected: such as 2026-03-01T12:00:00Z, or all)",
                "/overview?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z # to # not after from",
                "/overview?from=all&from=all # from # given 2 times",
                "/overview?compareTo=then # compareTo # this is no time",
                "/overview?compareFrom=2026-06-02T00:00:00Z&compareTo=2026-06-01T00:00:00Z # compareTo # not after compareFrom",
                "/overview?tenant=a%20b # tenant # this is no tenant's name",
                "/overview?step=PT1H # step # there is no such parameter",
                "/series # step # PT1H gives too many points for the span (expected: at most 3000;",
                "/series?step=PT1M&from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z # step # PT1M gives too many",
                "/series?step=PT5M # step # expected: PT1M, PT1H or P1D",
                "/series?step= # step # expected: PT1M",
                "/series?step=P1D&format=xml # format # expected: one of json, csv",
                "/domains?order=size # order # expected: one of attempts, messages",
                "/domains?order=Trouble # order # expected: one of attempts",
                "/domains?limit=0 # limit # expected: a number, 1 to 1000000",
                "/domains?limit=many # limit # expected: a number",
                "/domains?spark=PT1H # spark # PT1H gives too many points",
                "/domains?spark=hour # spark # expected: PT1M",
                "/providers?cursor=x # cursor # there is no such parameter",
                "/domains/example.org?limit=3 # limit # there is no such parameter",
                "/domains/example.org/series # step # PT1H gives too many points",
                "/providers/google/series?to=now # to # this is no time",
                "/codes/5.1.1/domains?limit=-1 # limit # expected: a number",
                "/codes/5.1.1/domains?format=csv # format # there is no such parameter",
            })
    void aParameterThatCannotBeIsTold(String request, String at, String why) throws Exception {
        counted();
        HttpResponse<String> answer = Servers.get(server, PATH + request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        OpenApiContract.check(answer);
        JsonNode problem = Problems.of(answer);
        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-parameter");
        assertThat(problem.at("/errors/0/at").asText()).isEqualTo(at);
        assertThat(problem.at("/errors/0/detail").asText()).contains(why);
    }

    @Test
    void anAnswerOfACopySaysSo() throws Exception {
        for (int i = 0; i < 20; i++) {
            cluster.counted(Mail.to("d" + i + ".example")
                    .with("p" + i)
                    .at(NOW.minusSeconds(3))
                    .hard());
        }
        cluster.stop(1);

        for (String path : List.of(
                "/overview",
                "/series?step=P1D",
                "/domains",
                "/providers",
                "/domains/d7.example",
                "/codes/5.1.1/domains")) {
            JsonNode answer = get(path);
            assertThat(answer.path("stale").asBoolean()).as(path).isTrue();
            assertThat(answer.path("staleness").toString())
                    .isEqualTo("[{\"partition\":1,\"reason\":\"STANDBY\",\"lag\":7}]");
        }
        assertThat(get("/domains").path("domains")).hasSize(20);
    }

    @Test
    void whenNobodyHasAPartThatIsSaid() throws Exception {
        FakeCluster two = new FakeCluster(2, 2);
        two.stop(1);
        try (HttpServer lonely = start(two.statistics(0))) {
            for (String path : SHOWN) {
                HttpResponse<String> answer = Servers.get(lonely, PATH + path);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                OpenApiContract.check(answer);
                assertThat(Problems.of(answer).path("type").asText()).isEqualTo("/problems/unavailable");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }

    @Test
    void anInstanceThatStartsSaysSo() throws Exception {
        StatisticsLookups starting = new StatisticsLookups(
                () -> null, new PeerSettings("http", null, 10_000), FakeCluster.SETTINGS, Clock.systemUTC());
        try (HttpServer early = start(starting)) {
            for (String path : SHOWN) {
                HttpResponse<String> answer = Servers.get(early, PATH + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                OpenApiContract.check(answer);
                assertThat(Problems.of(answer).path("type").asText()).isEqualTo("/problems/not-ready");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }

    @Test
    void fromOtherMachinesEverythingNeedsTheToken() throws Exception {
        counted();
        try (HttpServer open = start(cluster.statistics(0), Servers.EVERYWHERE, Servers.LIMITS)) {
            for (String path : SHOWN) {
                HttpResponse<String> refused = Servers.get(open, PATH + path);
                assertThat(refused.statusCode()).isEqualTo(401);
                OpenApiContract.check(refused);
                assertThat(Servers.get(open, PATH + path, "Authorization", "Bearer " + Servers.TOKEN)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(Servers.post(open, StatisticsLookups.PEER_PATH, "{}").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatCanBeHadCanBeAskedForWithoutItsBody() throws Exception {
        counted();
        for (String path : SHOWN) {
            HttpResponse<String> answer = Servers.send(
                    server, PATH + path, request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        }
    }

    @Test
    void instancesAskEachOtherAsDocumented() throws Exception {
        counted();
        List<String> examples = OpenApiContract.requestExamples("POST", StatisticsLookups.PEER_PATH);
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            HttpResponse<String> answer = Servers.post(server, StatisticsLookups.PEER_PATH, example);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            OpenApiContract.check(answer);
        }
        for (String question : List.of("", "{}", "{\"partition\":0,\"keys\":[]}")) {
            HttpResponse<String> answer = Servers.post(server, StatisticsLookups.PEER_PATH, question);
            assertThat(answer.statusCode()).as(question).isEqualTo(400);
            OpenApiContract.check(answer);
        }
        HttpResponse<String> elsewhere = Servers.post(
                server, StatisticsLookups.PEER_PATH, "{\"partition\":7,\"latest\":{\"kind\":\"DOMAIN\",\"upTo\":1}}");
        assertThat(elsewhere.statusCode()).isEqualTo(503);
        OpenApiContract.check(elsewhere);
    }

    /** A million rows would be a gigabyte as a tree. */
    @Test
    void aLongListIsSentWhileItIsWritten() throws Exception {
        Fact[] facts = new Fact[20_000];
        for (int i = 0; i < facts.length; i++) {
            facts[i] = Mail.to("d" + i + ".example")
                    .at(Instant.parse("2026-06-01T11:59:00Z"))
                    .delivered();
        }
        cluster.counted(facts);

        assertThat(get("/domains").path("domains")).hasSize(20_000);
        Duration patience = Duration.ofMillis(400);
        try (HttpServer hurried = start(
                        cluster.statistics(0),
                        Servers.LOOPBACK,
                        new HttpSettings.Limits(10_000, 4_096, 50, patience, 8));
                RawClient slow = new RawClient(hurried.port())) {
            String request = "GET /api/v1/domains HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            slow.send(request);
            String answer = slow.answerReadSlowly(256 * 1024, Duration.ofMillis(50));
            assertThat(answer).endsWith("\r\n0\r\n\r\n");
            String whole = answer.replaceAll("\r\n[0-9a-f]+\r\n", "");
            assertThat(whole.split("\"domain\"", -1)).hasSize(20_001);
            try (RawClient idle = new RawClient(hurried.port())) {
                idle.send(request);
                assertThat(idle.answerReadSlowly(1 << 26, Duration.ofMillis(1_500)))
                        .startsWith("HTTP/1.1 200")
                        .doesNotEndWith("\r\n0\r\n\r\n");
            }
        }
    }
}
