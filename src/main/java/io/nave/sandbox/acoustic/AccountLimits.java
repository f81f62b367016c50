package io.nave.sandbox.acoustic;

import java.time.Duration;
import java.time.ZoneId;

/**
 * What an account may do and how it behaves.
 *
 * @param inFlight requests that an organisation may have under way; one more is refused
 * @param sessions logins that may be open at the same time
 * @param token how long an access token or an idle session lives
 * @param latency how long an answer takes
 * @param job how long an export or import job takes
 * @param zone the account's time zone, in which all local times are written
 */
public record AccountLimits(
    int inFlight, int sessions, Duration token, Duration latency, Duration job, ZoneId zone) {

  /** The documented limits; latency and job time are those of a fast day. */
  public static AccountLimits documented() {
    return new AccountLimits(
        10,
        20,
        Duration.ofSeconds(14_400),
        Duration.ofMillis(4),
        Duration.ofMillis(40),
        ZoneId.of("America/New_York"));
  }

  /** The same with another number of requests under way and another latency. */
  public AccountLimits withInFlight(int requests, Duration each) {
    return new AccountLimits(requests, sessions, token, each, job, zone);
  }

  /** The same with another life of tokens and sessions. */
  public AccountLimits withToken(Duration life) {
    return new AccountLimits(inFlight, sessions, life, latency, job, zone);
  }
}
