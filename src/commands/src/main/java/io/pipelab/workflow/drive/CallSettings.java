package io.pipelab.workflow.drive;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Settings;
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
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** A request that can be sent. */
  public CallSettings {
    if (!METHODS.contains(method)) {
      throw Failure.usage(
          "'" + method + "' is not a HTTP method", "use one of " + String.join(", ", METHODS));
    }
    if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ')) {
      throw Failure.usage(
          "'" + path + "' is not a path", "begin with a slash and encode spaces: /v1/jobs?limit=5");
    }
  }

  static CallSettings of(Settings with) {
    String status = with.textOr("status", "200");
    if (!status.matches("[1-5]\\d\\d")) {
      throw Failure.usage("'" + status + "' is not a valid HTTP status", null);
    }
    return new CallSettings(
        with.text("url"),
        with.textOr("method", "GET"),
        with.text("path"),
        with.has("data") ? with.text("data") : null,
        Integer.parseInt(status));
  }

  /**
   * A user's own request to a lab's API.
   *
   * @throws Failure of kind USAGE when the lab has no API
   */
  public static CallSettings of(Lab lab, String method, String path, @Nullable String data) {
    String url = CallLab.ACTION.settings(lab, "no API to call").text("url");
    return new CallSettings(url, method.toUpperCase(Locale.ROOT), path, data, 0);
  }
}
