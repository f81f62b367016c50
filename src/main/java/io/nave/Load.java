package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.JsltException;
import io.nave.platform.Progress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * Sends the rows of a file to the hub, several requests at once. Rows of one record in different
 * batches may arrive in any order; the hub orders them by {@code changedAt}.
 */
final class Load {
  private static final int BATCH = 500;
  private static final int IN_FLIGHT = 4;

  /** What became of the rows, and the refusals in the order of their lines (the first 1,000). */
  record Result(long rows, long accepted, long refused, List<Refusal> refusals) {}

  private final Hub hub;
  private final Mapping mapping;
  private final String spoke;
  private final Progress progress;
  private final List<Refusal> refusals = new ArrayList<>();
  private long rows;
  private long accepted;
  private long refused;

  /** An observation and the line of its row. */
  private record Mapped(long line, ObjectNode observation) {}

  Load(Hub hub, Mapping mapping, String spoke, Progress progress) {
    this.hub = hub;
    this.mapping = mapping;
    this.spoke = spoke;
    this.progress = progress;
  }

  /**
   * Sends everything and returns when the hub has answered everything.
   *
   * @throws IllegalStateException when the hub cannot be reached
   */
  Result run(Iterator<Line> lines) throws InterruptedException {
    var senders = Executors.newFixedThreadPool(IN_FLIGHT);
    try {
      sendAll(lines, senders);
    } finally {
      senders.shutdownNow();
    }
    refusals.sort((a, b) -> Long.compare(a.line(), b.line()));
    return new Result(rows, accepted, refused, List.copyOf(refusals));
  }

  private void sendAll(Iterator<Line> lines, ExecutorService senders) throws InterruptedException {
    var underWay = new LinkedBlockingDeque<Future<?>>();
    while (lines.hasNext()) {
      var batch = batch(lines);
      if (!batch.isEmpty()) {
        underWay.add(senders.submit(() -> send(batch)));
      }
      if (underWay.size() > IN_FLIGHT) {
        finish(underWay.remove());
      }
    }
    for (var last : underWay) {
      finish(last);
    }
  }

  private List<Mapped> batch(Iterator<Line> lines) {
    var batch = new ArrayList<Mapped>(BATCH);
    while (lines.hasNext() && batch.size() < BATCH) {
      batch.addAll(mapped(lines.next()));
    }
    return batch;
  }

  private List<Mapped> mapped(Line line) {
    count();
    if (line.row() == null) {
      refuse(new Refusal(line.number(), "", "not a JSON object (expected: NDJSON)"));
      return List.of();
    }
    try {
      var mapped = new ArrayList<Mapped>(1);
      for (var observation : mapping.observations(line.row())) {
        mapped.add(new Mapped(line.number(), observation.put("spoke", spoke)));
      }
      return mapped;
    } catch (IllegalArgumentException | JsltException wrong) {
      refuse(new Refusal(line.number(), "", wrong.getMessage()));
      return List.of();
    }
  }

  private Void send(List<Mapped> batch) throws InterruptedException {
    var body = new StringBuilder(batch.size() * 400);
    for (var each : batch) {
      body.append(each.observation()).append('\n');
    }
    var answer = hub.observe(body.toString());
    var no = answer.path("refused");
    accept(batch.size() - no.size());
    for (JsonNode each : no) {
      long line = batch.get(Math.min(batch.size() - 1, each.path("index").asInt())).line();
      refuse(new Refusal(line, each.path("pointer").asText(""), each.path("message").asText("")));
    }
    progress.add(batch.size());
    return null;
  }

  private static void finish(Future<?> sending) throws InterruptedException {
    try {
      sending.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException told
          ? told
          : new IllegalStateException(failed.getCause());
    }
  }

  private synchronized void count() {
    rows++;
  }

  private synchronized void accept(long more) {
    accepted += more;
  }

  private synchronized void refuse(Refusal refusal) {
    refused++;
    if (refusals.size() < 1000) {
      refusals.add(refusal);
    }
  }
}
