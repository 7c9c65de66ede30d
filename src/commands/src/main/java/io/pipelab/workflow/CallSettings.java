package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request to a lab's HTTP API.
 *
 * @param url reference to the API's URL
 * @param path what is put behind it
 * @param data the body, JSON; null for none
 * @param status what the API must answer; 0 for anything
 */
public record CallSettings(
    String url, String method, String path, @Nullable String data, int status) {
  /** The drive action's name. */
  public static final String ACTION = "call";

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** A request that can be sent. */
  public CallSettings {
    if (!METHODS.contains(method)) {
      throw Failure.usage(
          "'" + method + "' is no HTTP method", "use one of " + String.join(", ", METHODS));
    }
    if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ')) {
      throw Failure.usage(
          "'" + path + "' is no path", "begin with a slash and encode spaces: /v1/jobs?limit=5");
    }
  }

  static CallSettings of(Lab.DriveSpec drive) {
    DriveSettings.requireKnown(drive, List.of("url", "method", "path", "data", "status"));
    String status = drive.with().getOrDefault("status", "200");
    if (!status.matches("[1-5]\\d\\d")) {
      throw Failure.usage("'" + status + "' is no HTTP status", null);
    }
    return new CallSettings(
        DriveSettings.required(drive, "url"),
        drive.with().getOrDefault("method", "GET"),
        DriveSettings.required(drive, "path"),
        drive.with().get("data"),
        Integer.parseInt(status));
  }

  /**
   * A user's own request to a lab's API.
   *
   * @throws Failure of kind USAGE when the lab has no API
   */
  public static CallSettings of(Lab lab, String method, String path, @Nullable String data) {
    Lab.DriveSpec drive = DriveSettings.of(lab, ACTION, "no API to call");
    return new CallSettings(
        DriveSettings.required(drive, "url"), method.toUpperCase(Locale.ROOT), path, data, 0);
  }
}
