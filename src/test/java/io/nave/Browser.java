package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, for tests of pages. Where there is none, a test that opens it is
 * skipped and says so.
 */
public final class Browser implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "pages");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final String base;

  private Browser(Path executable, String base) {
    this.base = base;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  /**
   * @param base what relative addresses are relative to
   */
  public static Browser open(String base) {
    var found =
        Stream.of(System.getenv("PATH").split(":"))
            .flatMap(
                folder -> Stream.of("chromium", "google-chrome").map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "no chromium on the PATH: pages are not tried");
    return new Browser(found.get(), base);
  }

  /** How somebody looks at the pages. */
  public record Looker(int width, int height, boolean dark, boolean scripts) {
    public static final Looker DESK = new Looker(1280, 900, false, true);
    public static final Looker PHONE = new Looker(360, 740, false, true);

    public Looker inTheDark() {
      return new Looker(width, height, true, scripts);
    }

    public Looker withoutScripts() {
      return new Looker(width, height, dark, false);
    }
  }

  /** A page of a new visitor, who has no cookies. */
  public Page page(Looker looker) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(looker.width(), looker.height())
                .setColorScheme(looker.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setJavaScriptEnabled(looker.scripts())
                .setBypassCSP(true)); // the checker is a script that the page would refuse
    context.setDefaultTimeout(20_000);
    return context.newPage();
  }

  /**
   * Fails where axe finds something serious, or where the page is wider than the window, and keeps
   * a picture of it in target/pages.
   */
  public static void inspect(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    var mistakes =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .flatMap(
                    rule ->
                        rule.getNodes().stream()
                            .map(
                                node ->
                                    "%s: %s: %s"
                                        .formatted(rule.getId(), node.getHtml(), rule.getHelp())))
                .toList();
    assertThat(mistakes).as("what axe finds on %s (%s)", name, page.url()).isEmpty();
    assertThat(
            (Boolean)
                page.evaluate(
                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("%s fits the window", name)
        .isTrue();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
