package io.nave;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.Browser.Looker;
import org.junit.jupiter.api.Test;

/** That {@link Browser#inspect} would find something. */
class BrowserTest {
  private static void inspect(String body) {
    try (var browser = Browser.open("http://127.0.0.1/")) {
      var page = browser.page(Looker.PHONE);
      page.setContent(
          "<!DOCTYPE html><html lang=en><title>x</title><main><h1>x</h1>"
              + body
              + "</main></html>");
      Browser.inspect(page, "inspected");
    }
  }

  @Test
  void aGoodPagePasses() {
    inspect("<label>Name <input></label>");
  }

  @Test
  void anInputWithoutALabelIsFound() {
    assertThatThrownBy(() -> inspect("<input>")).hasMessageContaining("label: <input");
  }

  @Test
  void paleTextIsFound() {
    assertThatThrownBy(() -> inspect("<p style='color:#aaa;background:#fff'>pale</p>"))
        .hasMessageContaining("color-contrast");
  }

  @Test
  void aPageWiderThanTheWindowIsFound() {
    assertThatThrownBy(() -> inspect("<div style='width:600px'>wide</div>"))
        .hasMessageContaining("fits the window");
  }
}
