package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Bulk API 2.0 ingest: create a job, upload CSV, close it, fetch results. A job is complete as soon
 * as its upload is.
 */
final class BulkJobs {
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
  private final Org org;
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /** A job with its upload and the lines of its results. */
  private static final class Job {
    private final JsonObject json;
    private final StringBuilder upload = new StringBuilder();
    private final StringBuilder successful = new StringBuilder();
    private final StringBuilder failed = new StringBuilder();
    private int failures;
    private int processed;

    private Job(JsonObject json) {
      this.json = json;
    }
  }

  BulkJobs(Org org) {
    this.org = org;
  }

  void mount(Rest rest) {
    rest.on("POST", "/jobs/ingest", this::open);
    rest.on("GET", "/jobs/ingest", (call, parts) -> all());
    rest.on("GET", "/jobs/ingest/{id}", (call, parts) -> Answer.ok(job(parts).json));
    rest.on("PUT", "/jobs/ingest/{id}/batches", this::upload);
    rest.on("PATCH", "/jobs/ingest/{id}", this::close);
    rest.on("DELETE", "/jobs/ingest/{id}", this::delete);
    rest.on("GET", "/jobs/ingest/{id}/successfulResults", (c, p) -> csv(job(p).successful));
    rest.on("GET", "/jobs/ingest/{id}/failedResults", (c, p) -> csv(job(p).failed));
    rest.on("GET", "/jobs/ingest/{id}/unprocessedrecords", (c, p) -> csv(new StringBuilder()));
  }

  private Job job(Map<String, String> parts) {
    Job job = jobs.get(parts.get("id"));
    if (job == null) {
      throw ApiFailure.notFound();
    }
    return job;
  }

  private static Answer csv(StringBuilder text) {
    return Answer.ok(text.toString());
  }

  private Answer open(Call call, Map<String, String> parts) {
    JsonObject asked = call.object();
    ObjectType type = org.schema.find(asked.getString("object", ""));
    String operation = asked.getString("operation", "");
    if (type == null || !operation.matches("insert|update|upsert|delete|hardDelete")) {
      throw ApiFailure.invalid("INVALIDJOB", "InvalidJob : unknown object or operation");
    }
    String id = Ids.of("750", jobs.size() + 1L);
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("operation", operation)
            .put("object", type.name)
            .put("createdById", org.userId)
            .put("createdDate", Json.time(org.now()))
            .put("systemModstamp", Json.time(org.now()))
            .put("state", "Open")
            .put("externalIdFieldName", asked.getString("externalIdFieldName"))
            .put("concurrencyMode", "Parallel")
            .put("contentType", "CSV")
            .put("apiVersion", Double.valueOf(call.version().substring(1)))
            .put(
                "contentUrl", "services/data/" + call.version() + "/jobs/ingest/" + id + "/batches")
            .put("lineEnding", asked.getString("lineEnding", "LF"))
            .put("columnDelimiter", asked.getString("columnDelimiter", "COMMA"));
    jobs.put(id, new Job(json));
    return Answer.ok(json);
  }

  private Answer all() {
    JsonArray records = new JsonArray();
    jobs.values().forEach(job -> records.add(job.json));
    return Answer.ok(new JsonObject().put("done", true).put("records", records));
  }

  private Answer upload(Call call, Map<String, String> parts) {
    job(parts).upload.append(call.body() instanceof String text ? text : "");
    return Answer.of(201, null);
  }

  private Answer delete(Call call, Map<String, String> parts) {
    jobs.remove(job(parts).json.getString("id"));
    return Answer.none();
  }

  private Answer close(Call call, Map<String, String> parts) {
    Job job = job(parts);
    String state = call.object().getString("state", "");
    if (state.equals("Aborted")) {
      job.json.put("state", state);
    } else if (state.equals("UploadComplete") && job.json.getString("state").equals("Open")) {
      job.json.put("state", state);
      JsonObject answer = job.json.copy();
      run(job, call);
      return Answer.ok(answer);
    } else {
      throw ApiFailure.invalid("INVALIDJOBSTATE", "Cannot change the state of the job to " + state);
    }
    return Answer.ok(job.json);
  }

  private void run(Job job, Call call) {
    try (var parser = CSV.parse(new StringReader(job.upload.toString()))) {
      String header = "\"" + String.join("\",\"", parser.getHeaderNames()) + "\"\n";
      job.successful.append("\"sf__Id\",\"sf__Created\",").append(header);
      job.failed.append("\"sf__Id\",\"sf__Error\",").append(header);
      parser.forEach(line -> line(job, call, line));
      job.json.put("state", "JobComplete");
    } catch (IOException | RuntimeException e) {
      job.json.put("state", "Failed").put("errorMessage", "InvalidBatch : the CSV is malformed");
    }
    job.json.put("numberRecordsProcessed", job.processed);
    job.json.put("numberRecordsFailed", job.failures).put("retries", 0);
    job.json.put("totalProcessingTime", 1).put("systemModstamp", Json.time(org.now()));
  }

  private void line(Job job, Call call, CSVRecord line) {
    job.processed++;
    try {
      job.successful.append(write(job, call, line)).append(',').append(quoted(line.toList()));
    } catch (ApiFailure failure) {
      job.failures++;
      String error = failure.code + ":" + failure.getMessage() + ":--";
      List<String> cells = new ArrayList<>(List.of("", error));
      cells.addAll(line.toList());
      job.failed.append(quoted(cells));
    }
  }

  private static String quoted(List<String> cells) {
    List<String> quoted = cells.stream().map(c -> '"' + c.replace("\"", "\"\"") + '"').toList();
    return String.join(",", quoted) + "\n";
  }

  /** Writes one line and returns the id and whether it was created, as two quoted cells. */
  private String write(Job job, Call call, CSVRecord line) {
    ObjectType type = org.schema.type(job.json.getString("object"));
    Map<String, Object> given = given(line);
    Object id = given.remove("Id");
    String operation = job.json.getString("operation");
    SObject row = existing(job, type, given, id, operation);
    boolean create = row == null;
    if (create) {
      row = org.create(type, given, call.transaction(), false);
    } else if (operation.equals("delete") || operation.equals("hardDelete")) {
      org.delete(row, call.transaction());
    } else {
      org.update(row, given, call.transaction());
    }
    return '"' + row.id + "\",\"" + create + '"';
  }

  private SObject existing(
      Job job, ObjectType type, Map<String, Object> given, Object id, String operation) {
    if (operation.equals("insert")) {
      return null;
    }
    if (operation.equals("upsert")) {
      String field = job.json.getString("externalIdFieldName");
      String value = String.valueOf(field.equals("Id") ? id : given.get(field));
      return RecordCalls.byExternalId(org, type, field, value);
    }
    return org.existing(type, String.valueOf(id));
  }

  /** An empty cell changes nothing, #N/A clears the field. */
  private static Map<String, Object> given(CSVRecord line) {
    Map<String, Object> given = new LinkedHashMap<>();
    line.toMap()
        .forEach(
            (name, cell) -> {
              if (!cell.isEmpty()) {
                given.put(name, cell.equals("#N/A") ? null : cell);
              }
            });
    return given;
  }
}
