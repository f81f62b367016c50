package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchCommandTest {
  private static final String ROWS =
      """
      id,entity,first_name,surname,dob,email,city
      1,a,Siân,Llywelyn,03/02/1980,sian@example.org,Caerdydd
      2,a,Sian,Llywelin,03/02/1980,sian@example.org,Cardiff
      3,b,Huw,Llywelyn,25/12/1982,huw@example.org,Cardiff
      4,c,Mair,Jones,31/31/1979,mair@example.org,York
      5,c,M,Jones,,mair@example.org,York
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void measuresHowRightTheMatchingIs() throws IOException {
    Path page = folder.resolve("page.html");
    int code = nave("match", "evaluate", rows(), "--truth", "entity", "--html", page.toString());
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("name.given               first_name")
        .contains("birthDate                dob")
        .contains("left out    1 times no birthDate")
        .doesNotContain("entity\n")
        .contains("customers   3 found, 3 true")
        .contains("pairs       1.0000     1.0000  1.0000")
        .contains("customers   1.0000     1.0000  1.0000");
    assertThat(Files.readString(page)).contains("<svg").doesNotContain("http").contains("Matching");
  }

  @Test
  void tellsMistakesByIdsAndReasonsInWords() throws IOException {
    Path file = folder.resolve("wrong.csv");
    Files.writeString(file, ROWS.replace("2,a", "2,x"));
    assertThat(nave("match", "evaluate", file.toString(), "--truth", "entity")).isZero();
    assertThat(out.toString())
        .contains("Together, but two customers:")
        .contains("1 and 2: MATCH")
        .contains("same e-mail address")
        .doesNotContain("Llywelyn");
  }

  @Test
  void writesWhoseRecordsAreWhose() throws IOException {
    Path to = folder.resolve("customers.ndjson");
    assertThat(nave("match", "evaluate", rows(), "--truth", "entity", "--out", to.toString()))
        .isZero();
    assertThat(Files.readAllLines(to))
        .hasSize(5)
        .contains("{\"spoke\":\"file\",\"recordId\":\"1\",\"customerId\":\"1\"}")
        .contains("{\"spoke\":\"file\",\"recordId\":\"2\",\"customerId\":\"1\"}");
  }

  @Test
  void writesWhatItLearned() throws IOException {
    Path model = folder.resolve("model.yaml");
    assertThat(nave("match", "train", rows(), "--out", model.toString())).isZero();
    assertThat(out.toString()).contains("records     5").contains("written to");
    assertThat(Files.readString(model)).contains("person:").doesNotContain("llywelyn");
  }

  @Test
  void refusesATruthThatIsNotThere() throws IOException {
    assertThat(nave("match", "evaluate", rows(), "--truth", "entty")).isEqualTo(1);
    assertThat(err.toString()).contains("--truth: entty (expected: one of [id, entity,");
  }

  @Test
  void saysWhichColumnIsMissing() throws IOException {
    Path file = folder.resolve("no-id.csv");
    Files.writeString(file, "first_name,entity\nHuw,1\n");
    assertThat(nave("match", "evaluate", file.toString(), "--truth", "entity")).isEqualTo(1);
    assertThat(err.toString()).contains("(expected: one with the record's id");
  }

  private String rows() throws IOException {
    Path file = folder.resolve("people.csv");
    Files.writeString(file, ROWS);
    return file.toString();
  }

  private int nave(String... words) {
    return NaveMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }
}
