package io.pipelab.local.lambda;

import io.pipelab.local.payload.CorsRules;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Cors;
import software.amazon.awssdk.services.lambda.model.FunctionUrlConfig;

/**
 * A function's URL.
 *
 * @param id 32 letters and digits
 * @param qualifier the alias that it calls, or null for {@code $LATEST}
 */
record FunctionUrl(String id, @Nullable String qualifier, FunctionUrlConfig config) {
  FunctionUrl with(FunctionUrlConfig changed) {
    return new FunctionUrl(id, qualifier, changed);
  }

  /** Which web pages may call it; null when none of another address may. */
  @Nullable CorsRules cors() {
    Cors cors = config.cors();
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
