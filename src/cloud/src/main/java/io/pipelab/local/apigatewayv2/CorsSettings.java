package io.pipelab.local.apigatewayv2;

import io.pipelab.local.payload.CorsRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.Cors;

/** An API's CORS configuration. */
final class CorsSettings {
  private static final String ANY = "*";

  private CorsSettings() {}

  /**
   * Refuses configurations that browsers would.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException
   */
  static void check(@Nullable Cors cors) {
    if (cors != null
        && Boolean.TRUE.equals(cors.allowCredentials())
        && cors.allowOrigins().contains(ANY)) {
      throw Refusal.badRequest(
          "AllowCredentials cannot be true when AllowOrigins contains the wildcard *");
    }
    for (String origin : cors == null ? List.<String>of() : cors.allowOrigins()) {
      if (!origin.equals(ANY) && !origin.contains("://")) {
        throw Refusal.badRequest("Invalid origin in AllowOrigins: " + origin);
      }
    }
  }

  /** The rules that a configuration comes to; null when there is none. */
  static @Nullable CorsRules rules(@Nullable Cors cors) {
    return cors == null
        ? null
        : new CorsRules(
            Boolean.TRUE.equals(cors.allowCredentials()),
            cors.allowOrigins(),
            cors.allowMethods(),
            cors.allowHeaders(),
            cors.exposeHeaders(),
            cors.maxAge());
  }
}
