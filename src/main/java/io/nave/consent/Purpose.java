package io.nave.consent;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a customer can allow or stop. Texts are by language (BCP 47).
 *
 * @param legalBasis what it rests on (GDPR Art. 6)
 * @param channels the channels it can be granted on; {@code any} stands for all of them
 * @param topics what it is parted into; may be empty
 * @param title its name for customers
 * @param text what the customer is told
 * @param notices the wordings under which consent was asked for, the oldest first; may be empty
 * @param doubleOptIn the channels on which a grant has to be confirmed
 * @param boundToAddress the channels on which a grant counts only for the address or number that it
 *     names
 * @param grantLasts after which a grant ends; null: never
 * @param confirmWithin after which what is pending has lapsed; null: never
 * @param conflict how contradicting statements are weighed
 * @param knownWithin how soon every system has to know of a change
 * @param dpv the purpose in the W3C Data Privacy Vocabulary, such as {@code DirectMarketing}
 */
public record Purpose(
    String name,
    String legalBasis,
    List<String> channels,
    List<Topic> topics,
    Map<String, String> title,
    Map<String, String> text,
    List<Notice> notices,
    List<String> doubleOptIn,
    List<String> boundToAddress,
    Period grantLasts,
    Period confirmWithin,
    Conflict conflict,
    Duration knownWithin,
    String dpv) {

  /** What rests on the customer's yes. */
  public static final String CONSENT = "consent";

  /**
   * A part of a purpose.
   *
   * @param title its name for customers, by language
   */
  public record Topic(String name, Map<String, String> title) {}

  /**
   * A wording under which consent is asked for.
   *
   * @param from the first moment (UTC) at which it is shown
   * @param url where it can be read; null: nowhere else
   * @param wording by language
   */
  public record Notice(String version, Instant from, String url, Map<String, String> wording) {}

  /** The names of the topics. */
  public List<String> topicNames() {
    return topics.stream().map(Topic::name).toList();
  }

  /** The wording of that version. */
  public Optional<Notice> notice(String version) {
    return notices.stream().filter(notice -> notice.version().equals(version)).findFirst();
  }

  /** The wording that is shown at a time. */
  public Optional<Notice> noticeAt(Instant time) {
    return notices.stream().filter(notice -> !notice.from().isAfter(time)).reduce((a, b) -> b);
  }

  /** Whether a grant on that channel is pending until the customer confirms it. */
  public boolean needsDoubleOptIn(String channel) {
    return doubleOptIn.contains(channel);
  }
}
