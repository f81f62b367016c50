package io.nave.connectors.acoustic;

import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts export jobs, waits for them, and fetches their files: one request at a time. */
@ApplicationScoped
public class Exports {
  /** The columns that exports of contacts carry: the vendor's own first. */
  static final List<String> CONTACT_COLUMNS =
      List.of(
          "RECIPIENT_ID",
          "Email",
          "Opt In Date",
          "Opted Out",
          "Opted Out Date",
          "Last Modified Date",
          "SALUTATION",
          "FIRST_NAME",
          "MIDDLE_NAME",
          "LAST_NAME",
          "GENDER",
          "BIRTH_DATE",
          "LANGUAGE",
          "MOBILE",
          "PHONE",
          "STREET",
          "CITY",
          "REGION",
          "POSTAL_CODE",
          "COUNTRY",
          "COMPANY",
          "JOB_TITLE",
          "LIFECYCLE",
          "CONSENT_EMAIL",
          "CONSENT_EMAIL_DATE");

  private static final List<String> EVENT_COLUMNS = List.of("CONSENT_EMAIL", "CONSENT_EMAIL_DATE");
  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 2_000;

  /**
   * @param id the job's id
   * @param path where its file will be
   */
  record Job(String id, String path) {}

  private final SpokeSettings spokes;
  private final AcousticApi api;

  public Exports(SpokeSettings spokes, AcousticApi api) {
    this.spokes = spokes;
    this.api = api;
  }

  AccountTimes times(String spoke) {
    return new AccountTimes(spokes.get(spoke, "zone"));
  }

  /** All contacts. */
  Job contacts(String spoke) {
    return start(spoke, contactsCommand(spoke));
  }

  /** The contacts last modified in a window; both ends belong to it, precise to the second. */
  Job contacts(String spoke, Instant from, Instant to) {
    XmlCommand command =
        contactsCommand(spoke)
            .with("DATE_START", times(spoke).start(from))
            .with("DATE_END", times(spoke).end(to));
    return start(spoke, command);
  }

  /** Who opted out or in during a window. */
  Job decisions(String spoke, Instant from, Instant to) {
    XmlCommand command =
        new XmlCommand("RawRecipientDataExport")
            .with("LIST_ID", api.list(spoke))
            .with("INCLUDE_CHILDREN")
            .with("EVENT_DATE_START", times(spoke).start(from))
            .with("EVENT_DATE_END", times(spoke).end(to))
            .with("EXPORT_FORMAT", 0)
            .with("FILE_ENCODING", "utf-8")
            .with("MOVE_TO_FTP")
            .with("OPTINS")
            .with("OPTOUTS")
            .adding(EVENT_COLUMNS);
    return start(spoke, command);
  }

  /**
   * Waits for the job and opens its file.
   *
   * @throws VendorError {@code job} where it fails or takes longer than the setting {@code
   *     job-wait}
   */
  ExportFile file(String spoke, Job job, String column) {
    long end = System.nanoTime() + Settings.duration(spokes.get(spoke, "job-wait")).toNanos();
    long wait = FIRST_WAIT_MILLIS;
    while (!isComplete(spoke, job)) {
      if (System.nanoTime() > end) {
        throw new VendorError("job", "an export did not finish in time");
      }
      pause(Duration.ofMillis(wait));
      wait = Math.min(LONGEST_WAIT_MILLIS, wait * 3 / 2);
    }
    return ExportFile.open(api.download(spoke, job.path()), column);
  }

  private XmlCommand contactsCommand(String spoke) {
    return new XmlCommand("ExportList")
        .with("LIST_ID", api.list(spoke))
        .with("EXPORT_TYPE", "ALL")
        .with("EXPORT_FORMAT", "CSV")
        .with("FILE_ENCODING", "utf-8")
        .exporting(CONTACT_COLUMNS);
  }

  private Job start(String spoke, XmlCommand command) {
    Answer answer = api.call(spoke, command);
    return new Job(
        answer.required(command.name(), "JOB_ID"), answer.required(command.name(), "FILE_PATH"));
  }

  private boolean isComplete(String spoke, Job job) {
    Answer answer = api.call(spoke, new XmlCommand("GetJobStatus").with("JOB_ID", job.id()));
    return switch (answer.required("GetJobStatus", "JOB_STATUS")) {
      case "COMPLETE" -> true;
      case "WAITING", "RUNNING" -> false;
      default -> throw new VendorError("job", "an export was stopped or failed");
    };
  }

  private static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorError("job", "waiting for an export was interrupted", e);
    }
  }
}
