package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of API Gateway's lists; MaxResults is a number in text. */
final class ListPage {
  private static final int MOST = 500;

  private ListPage() {}

  /**
   * Cuts a page.
   *
   * @throws AwsError BadRequestException when MaxResults is not a number or the token none of ours
   */
  static <T> Page<T> of(List<T> all, @Nullable String token, @Nullable String maxResults) {
    try {
      return Page.of(all, token, maxResults == null ? null : Integer.valueOf(maxResults), MOST);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("MaxResults must be a number: " + maxResults);
    } catch (AwsError e) {
      throw Refusal.badRequest(e.getMessage());
    }
  }
}
