package io.nave.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordsPageTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Notes notes = new Notes();
  private final SandboxServer server = SandboxServer.start(notes, 0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsSearchesAndPages() throws Exception {
    for (int i = 1; i <= 30; i++) {
      notes.add(Map.of("text", "note " + i + "."));
    }
    assertThat(get("/").body())
        .contains("note 25.", ">30<", "page=2", "Notes &lt;&amp;&gt;")
        .doesNotContain("note 26.");
    assertThat(get("/?q=&page=2").body()).contains("note 26.", "page=1");
    assertThat(get("/?q=note+7.").body()).contains("note 7.").doesNotContain("note 6.");
    assertThat(get("/?q=%3Cb%3E").body()).contains("No record contains “&lt;b&gt;”");
    assertThat(get("/?page=-1").statusCode()).isEqualTo(200);
  }

  @Test
  void escapesWhatRecordsSay() throws Exception {
    var id = notes.add(Map.of("text", "\"><script>alert(1)</script>{title}"));
    for (String path : new String[] {"/", "/?view=edit&id=" + id, "/?done=added&id=%3Cscript%3E"}) {
      assertThat(get(path).body()).contains("&lt;script&gt;").doesNotContain("<script");
    }
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'");
  }

  @Test
  void addsAndLeadsBackToTheList() throws Exception {
    var added = post("/add", "field.text=a+b&field.words=9", "Sec-Fetch-Site", "same-origin");
    assertThat(added.statusCode()).isEqualTo(303);
    assertThat(notes.notes).containsEntry("n/1", Map.of("text", "a b"));
    var list = get(added.headers().firstValue("Location").orElseThrow()).body();
    assertThat(list).contains("Added <b>n/1</b>");
  }

  @Test
  void savesOnlyWhatThePersonChanged() throws Exception {
    var id = notes.add(Map.of("text", "old", "optIn", "yes"));
    assertThat(get("/?view=edit&id=n%2F1").body()).contains("value=\"old\"");
    notes.notes.get(id).put("optIn", "no");
    var form = "id=n%2F1&field.text=new&was.text=old&field.optIn=yes&was.optIn=yes";
    assertThat(post("/edit", form).statusCode()).isEqualTo(303);
    assertThat(notes.notes.get(id)).containsEntry("text", "new").containsEntry("optIn", "no");
  }

  @Test
  void saysWhyTheVendorWouldRefuseAndKeepsWhatWasEntered() throws Exception {
    var refused = post("/add", "field.text=&field.optIn=maybe");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("some &lt;text&gt;", "value=\"maybe\"");
  }

  @Test
  void unsubscribesAndDeletes() throws Exception {
    var id = notes.add(Map.of("text", "old"));
    assertThat(post("/unsubscribe", "id=n%2F1").statusCode()).isEqualTo(303);
    assertThat(notes.notes.get(id)).containsEntry("optIn", "no");
    assertThat(post("/delete", "id=n%2F1").statusCode()).isEqualTo(303);
    assertThat(notes.notes).isEmpty();
    assertThat(post("/delete", "id=n%2F1").statusCode()).isEqualTo(404);
    assertThat(get("/?view=edit&id=gone").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesPostsFromOtherSites() throws Exception {
    var form = "field.text=evil";
    assertThat(post("/add", form, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
    assertThat(post("/add", form, "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(post("/add", form, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(post("/add", form, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(notes.notes).isEmpty();
    var own = server.address().toString();
    assertThat(post("/add", form, "Origin", own).statusCode()).isEqualTo(303);
  }

  @Test
  void hasAJsonTwin() throws Exception {
    var added = json("POST", "", "{\"text\": \"a\"}", 201);
    assertThat(added.getString("id")).isEqualTo("n/1");
    json("PATCH", "/n%2F1", "{\"text\": \"b\"}", 200);
    assertThat(json("GET", "/n%2F1", "", 200).getJsonObject("values").getString("text"))
        .isEqualTo("b");
    json("POST", "/n%2F1/unsubscribe", "", 200);
    var list = json("GET", "?q=b&limit=10", "", 200);
    assertThat(list.getInteger("count")).isEqualTo(1);
    assertThat(list.getJsonArray("records").getJsonObject(0).getJsonObject("values").getMap())
        .containsEntry("optIn", "no");
    assertThat(json("POST", "", "{\"words\": \"3\"}", 422).getString("error")).contains("words");
    json("POST", "", "[", 422);
    json("GET", "?limit=9999", "", 422);
    json("DELETE", "/n%2F1", "", 200);
    json("DELETE", "/n%2F1", "", 404);
  }

  private JsonObject json(String method, String path, String body, int status) throws Exception {
    var answer = send(method, "/_sandbox/records" + path, body, "Content-Type", "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "Accept", "text/html");
  }

  private HttpResponse<String> post(String action, String form, String... headers)
      throws IOException, InterruptedException {
    var all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = FORM;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", "/_sandbox/records" + action, form, all);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .headers(headers)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
