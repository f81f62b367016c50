package io.nave.connectors.salesforce;

import io.nave.sync.Couriers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.regex.Pattern;

/**
 * Reads how many of an org's requests are used: the header {@code Sforce-Limit-Info:
 * api-usage=18/15000} of each answer. In Kamelets it is the bean {@code salesforceQuota}.
 */
@ApplicationScoped
@Named("salesforceQuota")
public class SalesforceQuota {
  private static final Pattern USAGE =
      Pattern.compile("(?:^|[ ;,])api-usage=([0-9]{1,12})/([0-9]{1,12})");

  private final Quota quota;

  /** Is told of each answer's usage. */
  interface Quota {
    void says(String spoke, long used, long limit);
  }

  @Inject
  public SalesforceQuota(Couriers couriers) {
    this((spoke, used, limit) -> couriers.quota(spoke, used, limit));
  }

  SalesforceQuota(Quota quota) {
    this.quota = quota;
  }

  /** Tells the hub; a header that is missing or says nothing of it changes nothing. */
  public void read(String spoke, String header) {
    if (header == null) {
      return;
    }
    var usage = USAGE.matcher(header);
    if (usage.find()) {
      quota.says(spoke, Long.parseLong(usage.group(1)), Long.parseLong(usage.group(2)));
    }
  }
}
