package io.pipelab.target;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What time it is at the target: the {@code Date} header of an answer. The embedded cloud, whose
 * time runs ahead of this machine's, tells it in a header of its own.
 */
public final class TargetTime {
  private static final String EMBEDDED_CLOUD = "x-pipelab-time";

  private final AwsClients clients;
  private final Clock fallback;

  public TargetTime(AwsClients clients) {
    this(clients, Clock.systemUTC());
  }

  TargetTime(AwsClients clients, Clock fallback) {
    this.clients = clients;
    this.fallback = fallback;
  }

  /**
   * The target's time now, in full seconds; this machine's when the target does not tell. Costs one
   * {@code GetCallerIdentity}, which needs no permission.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the target does not answer
   */
  public Instant now() {
    return of(clients.sts().getCallerIdentity().sdkHttpResponse());
  }

  private Instant of(SdkHttpResponse response) {
    return response
        .firstMatchingHeader(EMBEDDED_CLOUD)
        .or(() -> response.firstMatchingHeader("Date"))
        .map(TargetTime::parse)
        .orElseGet(() -> fallback.instant());
  }

  private static Instant parse(String header) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
    } catch (DateTimeParseException e) {
      throw SdkClientException.create("the target's time is not a date: " + header, e);
    }
  }
}
