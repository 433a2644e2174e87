package dev.taskbridge.adapter.servicenow;

import java.net.URI;
import java.time.Duration;

/**
 * How one ServiceNow instance is used.
 *
 * @param system the name it is configured under
 * @param url its base URL, without a path
 * @param account the user name of the credentials, or empty where they name none
 * @param batch how many writes may share one Batch request, at most 50; 1 sends each by itself
 * @param pageSize records per page of a poll
 * @param overlap how far a poll looks back before the last one: records are committed later than
 *     they are stamped, and clocks are per node
 * @param timeout how long one answer may take; the server gives up after 60 s (documented) and
 *     should be the first to say so
 * @param language the language of the choice labels, as {@code sys_choice} has it
 */
public record ServiceNowSettings(
    String system,
    URI url,
    String account,
    int batch,
    int pageSize,
    Duration overlap,
    Duration timeout,
    String language) {

  public ServiceNowSettings {
    if (batch < 1 || batch > 50) {
      throw new IllegalArgumentException("batch must be between 1 and 50, but was " + batch);
    }
    if (pageSize < 1 || pageSize > 10_000) {
      throw new IllegalArgumentException(
          "pageSize must be between 1 and 10000, but was " + pageSize);
    }
  }

  public static ServiceNowSettings of(String system, URI url, String account) {
    return new ServiceNowSettings(
        system, url, account, 50, 1000, Duration.ofSeconds(90), Duration.ofSeconds(90), "en");
  }

  public ServiceNowSettings withBatch(int most) {
    return new ServiceNowSettings(system, url, account, most, pageSize, overlap, timeout, language);
  }

  public ServiceNowSettings withPageSize(int rows) {
    return new ServiceNowSettings(system, url, account, batch, rows, overlap, timeout, language);
  }

  public ServiceNowSettings withOverlap(Duration wanted) {
    return new ServiceNowSettings(system, url, account, batch, pageSize, wanted, timeout, language);
  }

  public ServiceNowSettings withTimeout(Duration longest) {
    return new ServiceNowSettings(
        system, url, account, batch, pageSize, overlap, longest, language);
  }
}
