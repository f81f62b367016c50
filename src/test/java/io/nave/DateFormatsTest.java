package io.nave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateFormatsTest {

  @ParameterizedTest
  @CsvSource({
    "1980-02-03, 1980-02-03",
    "1980-02-03T10:00:00Z, 1980-02-03",
    "19800203, 1980-02-03",
    "3.2.1980, 1980-02-03",
    "19-Feb-91, 1991-02-19",
    "'Mar 1, 1970', 1970-03-01",
    "Mar 1 1970, 1970-03-01",
    "03/02/1980, 1980-02-03",
    "3/2/80, 1980-02-03",
    "3/2/05, 2005-02-03",
    "1980-02-30,",
    "1980-13-13,",
    "yesterday,",
  })
  void readsTheUsualWays(String text, String day) {
    var parsed = DateFormats.usual(List.of()).parse(text);
    assertThat(parsed == null ? null : parsed.toString()).isEqualTo(day);
  }

  @Test
  void decidesByAllValuesWhetherTheMonthIsFirst() {
    var american = DateFormats.usual(List.of("12/31/1980", "1/30/1981", "20/8/1991", "3/2/1980"));
    assertThat(american.parse("3/2/1980")).hasToString("1980-03-02");
    assertThat(american.parse("20/8/1991")).hasToString("1991-08-20");
  }

  @Test
  void refusesWhatIsNoPattern() {
    assertThatThrownBy(() -> DateFormats.of(List.of("QQQQQQ")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
