package io.pipelab.target;

import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Fails when a web server answers in AWS's place, as on a wrong port or behind a hotel's login
 * page: the SDK reads a page as an answer in which nothing is said, and "nothing is there" would be
 * wrong.
 */
final class RefuseWebPages implements ExecutionInterceptor {
  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    boolean page =
        response.isSuccessful()
            && response
                .firstMatchingHeader("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
    // Some emulators call every answer HTML; AWS and they put a request's id into a header.
    boolean marked =
        response.headers().keySet().stream()
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz"));
    if (page && !marked) {
      throw SdkClientException.create(
          "a web page came back, with HTTP status " + response.statusCode());
    }
  }
}
