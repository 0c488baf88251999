package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The dashboard in a real browser, with a real stack behind it. Skipped where there is no Chromium with its driver. */
@ExtendWith(LocalStackExtension.class)
class DashboardIT {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String GONE = "gone@old.example";
    private static final int DELIVERED = 60;
    private static final int DEFERRED = 30;
    private static final List<String> PAGES =
            List.of("/", "/domains/throttling.example", "/providers/unknown", "/codes", "/suppressions", "/replays");

    @TempDir
    private static Path directory;

    private static TestCluster rebound;
    private static String address;
    private static ChromeDriver browser;

    /** What a test causes on purpose. */
    private final List<Pattern> expectedErrors = new ArrayList<>();

    @BeforeAll
    static void start(RunningStack stack) throws Exception {
        Path chromium = onPath("chromium");
        Path driver = onPath("chromedriver");
        int port = ServicePort.free();
        address = "http://127.0.0.1:" + port;
        rebound = new TestCluster(
                stack, directory, Map.of("rebound.http.token", TOKEN, "rebound.http.port", Integer.toString(port)));
        rebound.start();
        browser = browser(chromium, driver);
        sendEvents();
    }

    private static Path onPath(String program) {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
        String reason = "no " + program + " on the PATH: the dashboard is not tested in a browser";
        if (found.isEmpty()) {
            System.err.println("DashboardIT is skipped: " + reason);
        }
        assumeTrue(found.isPresent(), reason);
        return found.get();
    }

    /** With the paths given: left to itself, Selenium downloads what it does not find. */
    private static ChromeDriver browser(Path chromium, Path driver) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        // Continuous integration may be root in a container, where Chromium's sandbox cannot be made.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en-US");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriver started = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        started.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return started;
    }

    private static void sendEvents() throws Exception {
        Instant now = Instant.now();
        for (int i = 0; i < DELIVERED; i++) {
            rebound.send(event("d" + i, "r" + i + "@fine.example", now.minusSeconds(i * 20L))
                    .setOutcome(Outcome.DELIVERED)
                    .setReply("250 2.0.0 OK")
                    .build());
        }
        for (int i = 0; i < DEFERRED; i++) {
            for (String reply : List.of("421 4.7.28 Too many messages from your network", "250 2.0.0 OK")) {
                boolean delivered = reply.startsWith("2");
                rebound.send(event("t" + i + delivered, "r" + i + "@throttling.example", now.minusSeconds(i * 20L))
                        .setOutcome(delivered ? Outcome.DELIVERED : Outcome.DEFERRED)
                        .setReply(reply)
                        .build());
            }
        }
        rebound.send(event("gone", GONE, now.minusSeconds(60))
                .setOutcome(Outcome.BOUNCED)
                .setReply("550 5.1.1 User unknown")
                .build());
        rebound.awaitCounted(DELIVERED + 2 * DEFERRED + 1);
        await("the bounce to suppress", () -> rebound.suppressed().containsKey("default|" + GONE));
    }

    private static DeliveryEvent.Builder event(String id, String recipient, Instant time) {
        return TestCluster.bounce(id).setRecipient(recipient).setEventTime(time);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
        if (rebound != null) {
            rebound.close();
        }
    }

    @BeforeEach
    void forget() {
        size(1280, 900);
        scheme("light");
        open("/suppressions");
        browser.executeScript("sessionStorage.clear(); localStorage.clear()");
        browser.manage().logs().get(LogType.BROWSER);
    }

    /** What the content security policy forbids is told here, too. */
    @AfterEach
    void nothingWentWrongInTheBrowser() {
        List<String> errors = browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> expectedErrors.stream()
                        .noneMatch(expected -> expected.matcher(message).find()))
                .toList();
        assertThat(errors).isEmpty();
    }

    @Test
    void theOverviewLeadsToADomain() throws Exception {
        open("/");
        awaitText("h2", "Domains");
        WebElement domain = awaitShown("a[data-key='domain-throttling.example']");
        awaitShown("a[data-key='domain-fine.example']");
        assertThat(text("[data-figure=attempts] .figure-value")).isEqualTo("" + (DELIVERED + 2 * DEFERRED + 1));

        domain.click();

        awaitText("h1", "throttling.example");
        assertThat(browser.getCurrentUrl()).contains("/domains/throttling.example");
        awaitText(".bars", "Rate limited");
        awaitText(".reply-list", "Too many messages");
        browser.navigate().refresh();
        awaitText("h1", "throttling.example");
        browser.navigate().back();
        awaitText("h1", "Overview");
    }

    @Test
    void codesAreFoundAndSaySomewhereTheyWereSeen() throws Exception {
        open("/codes");
        awaitShown("#search").sendKeys("5.1.1");
        await("the codes to be few", () -> count(".code-table tbody") < 20);
        WebElement code = awaitShown("button[data-key='code-5.1.1']");
        code.click();
        awaitText(".seen", "old.example");
        assertThat(code.getDomAttribute("aria-expanded")).isEqualTo("true");
    }

    @Test
    void aReplyIsExplained() throws Exception {
        open("/codes");
        awaitShown("#reply").sendKeys("550 5.7.1 Access denied: no such user <b>x</b>");
        browser.findElement(By.cssSelector(".explain button")).click();
        awaitText(".explained", "BAD_MAILBOX");
        assertThat(text(".explained mark")).isEqualTo("no such user");
        assertThat(text(".explained blockquote")).contains("<b>x</b>");
    }

    @Test
    void aSuppressionIsFoundAndTakenBackWithTheToken() throws Exception {
        expectedErrors.add(Pattern.compile("(suppressions/commands|live) .*401"));
        open("/suppressions");
        awaitShown("#address").sendKeys(GONE, Keys.ENTER);
        awaitText(".found", "Must not be written to");
        awaitText(".timeline", "550 5.1.1 User unknown");
        assertThat(browser.getCurrentUrl()).doesNotContain("gone");

        browser.findElement(By.cssSelector(".removal summary")).click();
        List<WebElement> fields = browser.findElements(By.cssSelector(".removal input"));
        fields.get(0).sendKeys("asked by phone");
        fields.get(1).sendKeys("kim", Keys.ENTER);
        awaitShown("dialog input").sendKeys("not the token, which has another length", Keys.ENTER);
        awaitText("dialog h2", "That is not the token");
        browser.findElement(By.cssSelector("dialog input")).sendKeys(TOKEN, Keys.ENTER);

        awaitText(".found", "May be written to");
        await("the feed to follow", () -> rebound.suppressed().isEmpty());
        awaitText(".commands", "remove by kim");
        assertThat(browser.executeScript("return sessionStorage.getItem('rebound.token')"))
                .isEqualTo(TOKEN);
        assertThat(browser.executeScript("return localStorage.length")).isEqualTo(0L);
    }

    /** Defined only: its process is stopped before it begins, because what it does is tested elsewhere. */
    @Test
    void aReplayIsStartedWithTheTokenAndTakenAway() throws Exception {
        expectedErrors.add(Pattern.compile("(api/v1/replays|live) .*401"));
        open("/replays");
        awaitText(".replays", "No replays yet");
        List<WebElement> fields = browser.findElements(By.cssSelector(".start > .find input"));
        fields.get(0).clear();
        fields.get(0).sendKeys("what-if");
        fields.get(1).sendKeys("kim");
        browser.findElement(By.cssSelector(".start textarea")).sendKeys("- code: 5.1.1\n  bounceType: MAYBE");
        fields.get(1).sendKeys(Keys.ENTER);
        awaitShown("dialog input").sendKeys(TOKEN, Keys.ENTER);
        awaitText(".start", "codesFile");
        expectedErrors.add(Pattern.compile("api/v1/replays .*400"));
        browser.findElement(By.cssSelector(".start textarea")).clear();
        browser.findElement(By.cssSelector(".start textarea")).sendKeys("- code: 5.1.1\n  bounceType: SOFT");
        fields.get(1).sendKeys(Keys.ENTER);

        awaitText("h1", "what-if");
        awaitText(".facts", "5.1.1");
        awaitShown("button[data-key=Stop]").click();
        awaitShown("button[data-key='Go on']");
        assertThat(new AxeBuilder().analyze(browser).getViolations()).isEmpty();
        awaitShown("button[data-key='Delete …']").click();
        awaitShown("dialog .danger").click();
        awaitText("h1", "Replays");
        awaitText(".replays", "No replays yet");
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        open("/suppressions");
        awaitShown("#address");
        press(Keys.TAB);
        assertThat(focused()).isEqualTo("Skip to content");
        press(Keys.ENTER);
        press(Keys.TAB);
        assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("address");
        press(Keys.chord(Keys.SHIFT, Keys.TAB));
        browser.executeScript("document.activeElement.blur()");
        press("/");
        assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("go-to");
        press("throttling.example", Keys.ENTER);
        awaitText("h1", "throttling.example");
        await(
                "the heading to have the focus",
                () -> browser.switchTo().activeElement().getTagName().equals("h1"));
        awaitShown(".chart canvas");
        browser.executeScript("document.querySelector('.chart').focus()");
        press(Keys.ARROW_LEFT);
        await(
                "the bar to be told",
                () -> Boolean.TRUE.equals(browser.executeScript("return !document.querySelector('.tip').hidden")));
        browser.executeScript("document.querySelector('.chart-card .quiet').focus()");
        press(Keys.ENTER);
        awaitShown(".chart-table th[scope=row]");
    }

    @Test
    void nobodyIsLeftOut() throws Exception {
        for (String page : PAGES) {
            for (String scheme : List.of("light", "dark")) {
                scheme(scheme);
                open(page);
                awaitLoaded();
                List<Rule> violations = new AxeBuilder().analyze(browser).getViolations();
                assertThat(violations)
                        .as(page + " in " + scheme)
                        .extracting(rule -> rule.getId() + " " + rule.getNodes())
                        .isEmpty();
            }
        }
    }

    @Test
    void aTelephoneScrollsInOneDirectionOnly() throws Exception {
        size(390, 844);
        for (String page : PAGES) {
            open(page);
            awaitLoaded();
            assertThat(browser.executeScript("return document.documentElement.scrollWidth - window.innerWidth"))
                    .as(page)
                    .isEqualTo(0L);
        }
    }

    private static void open(String page) {
        browser.get(address + page);
    }

    private static void size(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private static void scheme(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    private static void awaitLoaded() throws Exception {
        await("the page to have nothing left to load", () -> count("h1") == 1 && count(".skeleton") == 0);
        assertThat(count(".trouble .state")).isZero();
    }

    private static int count(String selector) {
        return browser.findElements(By.cssSelector(selector)).size();
    }

    private static WebElement awaitShown(String selector) throws Exception {
        await(selector + " to be shown", () -> browser.findElements(By.cssSelector(selector)).stream()
                .anyMatch(WebElement::isDisplayed));
        return browser.findElement(By.cssSelector(selector));
    }

    /** Text as it is in the page, because what is drawn anew in between would be a stale element. */
    private static void awaitText(String selector, String text) throws Exception {
        await(selector + " to say " + text, () -> text(selector).contains(text));
    }

    private static String text(String selector) {
        return (String) browser.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(found => found.textContent).join('\\n')",
                selector);
    }

    private static void press(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
    }

    private static String focused() {
        return browser.switchTo().activeElement().getText();
    }
}
