package io.nave.identity;

import static io.nave.identity.People.nameless;
import static io.nave.identity.People.organisation;
import static io.nave.identity.People.person;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockingKeysTest {
  private final BlockingKeys keys = new BlockingKeys(People.RULES);

  @Test
  void meetsByEachThingThatTellsACustomer() {
    meet(person("Siân", "Llywelyn"), person("Llywelyn", "Sian"));
    meet(nameless().email("a@b.example"), person("Huw", "Lee").email("A@b.example"));
    meet(nameless().email("huw.lee@b.example"), nameless().email("lee_huw@c.example"));
    meet(nameless().phone("+441632960001"), nameless().phone("01632 960001"));
    meet(person("Huw", null).born("1980-02-03"), person("Huw", "Lee").born("1980-02-03"));
    meet(
        person("Huw", "Lee").at("Hughes Plaza, 100 Howard Way", null, null),
        person("H", "Lee").at("100 Howard Hughes Plaza", null, null));
    meet(organisation("Acme Trading Ltd"), organisation("The ACME Trading Co"));
    meet(organisation("A").id("vat", "GB 1-2"), organisation("B").id("VAT", "gb12"));
  }

  @Test
  void findsThePlaceWhateverStandsAroundIt() {
    meet(
        organisation("X").at("133 New Bridge Road", "Singapore", null),
        organisation("Y").at("Chinatown Point, 133 New Bridge Road, 059413", null, null));
    meet(
        organisation("X").at("Musterstraße 12", "Berlin", null),
        organisation("Y").at("Musterstr. 12, 10115 Berlin", null, null));
  }

  @Test
  void givesNoneForPlaceholdersAndRoles() {
    assertThat(keys.of(nameless().email("noreply@a.example").phone("+15555555555").customer()))
        .isEmpty();
    assertThat(keys.of(person("Unknown", "n/a").email("info@a.example").customer())).isEmpty();
  }

  @Test
  void givesNoMoreThanItPromises() {
    People busy = person("Huw", "Lee").born("1980-02-03");
    for (int i = 10; i < 60; i++) {
      busy.email("huw" + i + "@e" + i + ".example").phone("+4416329600" + i);
      busy.at(i + " Long Road", "City" + i, "AB" + i).id("k" + i, "v" + i);
    }
    assertThat(keys.of(busy.customer())).hasSizeLessThanOrEqualTo(BlockingKeys.MOST);
  }

  private void meet(People one, People other) {
    assertThat(keys.of(one.customer())).containsAnyElementsOf(keys.of(other.customer()));
  }
}
