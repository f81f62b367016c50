package io.nave.sandbox.acoustic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Background jobs: waiting, then running, then complete or failed. */
final class Jobs {
  private static final int KEPT = 500;

  /** What a job does at its end; it returns what it wants to tell by name. */
  @FunctionalInterface
  interface Work {
    Map<String, String> finish();
  }

  private static final class Job {
    final String description;
    String status = "WAITING";
    Map<String, String> parameters = Map.of();

    Job(String description) {
      this.description = description;
    }
  }

  private final Map<Long, Job> jobs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Job> eldest) {
          return size() > KEPT;
        }
      };
  private final Duration duration;
  private final BiConsumer<Duration, Runnable> later;
  private long lastId = 101_719_656;

  /**
   * @param later runs something on the event loop after a while
   */
  Jobs(Duration duration, BiConsumer<Duration, Runnable> later) {
    this.duration = duration;
    this.later = later;
  }

  /** Starts a job and returns its id. */
  long start(String description, Work work) {
    long id = ++lastId;
    Job job = new Job(description);
    jobs.put(id, job);
    Duration half = duration.dividedBy(2);
    later.accept(
        half,
        () -> {
          job.status = "RUNNING";
          later.accept(half, () -> finish(job, work));
        });
    return id;
  }

  void status(Request request, Reply reply) {
    String id = request.required("JOB_ID");
    Job job = id.matches("\\d{1,18}") ? jobs.get(Long.valueOf(id)) : null;
    if (job == null) {
      throw new Fault(Fault.SERVER_ERROR, "The job does not exist");
    }
    reply.success("TRUE").tag("JOB_ID", id).tag("JOB_STATUS", job.status);
    reply.tag("JOB_DESCRIPTION", job.description).open("PARAMETERS");
    job.parameters.forEach((name, value) -> reply.pair("PARAMETER", name, value));
    reply.close("PARAMETERS");
  }

  private static void finish(Job job, Work work) {
    try {
      job.parameters = work.finish();
      job.status = "COMPLETE";
    } catch (Fault e) {
      job.parameters = Map.of("ERROR", e.getMessage());
      job.status = "ERROR";
    }
  }
}
