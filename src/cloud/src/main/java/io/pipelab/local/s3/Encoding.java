package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a listing writes names: percent-encoded when asked, as XML cannot hold every character. */
final class Encoding {
  private final boolean url;

  Encoding(@Nullable String type) {
    this.url = "url".equals(type);
    if (type != null && !url) {
      throw AwsError.badRequest("InvalidArgument", "Invalid Encoding Method specified in Request");
    }
  }

  @Nullable String of(@Nullable String name) {
    if (name == null || !url) {
      return name;
    }
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
