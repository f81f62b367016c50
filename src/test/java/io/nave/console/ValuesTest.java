package io.nave.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  @Test
  void aNameIsWrittenInItsOwnOrder() {
    assertThat(Values.name(json("{'prefix':'Dr','given':'Siân','family':'Llywelyn'}")))
        .isEqualTo("Dr Siân Llywelyn");
    assertThat(Values.name(json("{'given':'小明','family':'王'}"))).isEqualTo("王小明");
    assertThat(Values.name(json("{'full':'Brenin Cyf','suffix':null}"))).isEqualTo("Brenin Cyf");
    assertThat(Values.name(json("{}"))).isEmpty();
  }

  @Test
  void anAddressIsOneLineWithItsCountryInWords() {
    var address =
        "[{'lines':['1 Stryd'],'city':'Caerdydd','postalCode':'CF10 2GP','country':'GB'}]";
    assertThat(Values.of("addresses", json(address)))
        .extracting(Value::text)
        .containsExactly("1 Stryd, CF10 2GP Caerdydd, United Kingdom");
  }

  @Test
  void anEmailTellsWhatQualifiesIt() {
    var emails = "[{'value':'a@example.org','type':'work','primary':true,'verified':false}]";
    var email = Values.of("emails", json(emails)).get(0);
    assertThat(email.notes()).containsExactly("work", "primary");
    assertThat(email.plain()).isTrue();
  }

  @Test
  void whatHasNoShapeShowsItsJson() {
    assertThat(Values.of("attributes.x", json("{'a':1}")))
        .extracting(Value::text)
        .containsExactly("{\"a\":1}");
    assertThat(Values.of("attributes.x", json("null"))).isEmpty();
  }

  @Test
  void aLanguageTagThatIsNoneIsLeftOut() {
    assertThat(Values.languageTag(json("{'language':'zh-Hant'}"))).isEqualTo("zh-Hant");
    assertThat(Values.languageTag(json("{'language':'\\\" onload=x'}"))).isNull();
  }
}
