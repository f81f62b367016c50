package io.nave;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which running hub a command speaks to. */
final class HubOption {
  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8080",
      description = "The hub (default: ${DEFAULT-VALUE}).")
  private URI url;

  Hub hub() {
    return new Hub(url);
  }
}
