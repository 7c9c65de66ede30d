package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.Template;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Gets a template's text from a request's TemplateBody, or by its TemplateURL from a bucket. */
final class TemplateBodies {
  private final CloudIdentity identity;
  private final ObjectStore objects;

  TemplateBodies(CloudIdentity identity, ObjectStore objects) {
    this.identity = identity;
    this.objects = objects;
  }

  /**
   * The template's text.
   *
   * @throws AwsError ValidationError when there is none, or too much of it
   */
  String load(@Nullable String body, @Nullable String url) {
    if (body == null && url == null) {
      throw Invalid.request("Either Template URL or Template Body must be specified.");
    }
    if (body != null && url != null) {
      throw Invalid.request("Template URL and Template Body cannot both be specified.");
    }
    return body == null ? fetch(String.valueOf(url)) : checked(body);
  }

  private static String checked(String body) {
    if (body.isEmpty()) {
      throw Invalid.request("Template format error: unsupported structure.");
    }
    if (body.getBytes(StandardCharsets.UTF_8).length > Template.MAX_BODY_BYTES) {
      throw Invalid.request(
          "1 validation error detected: Value at 'templateBody' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + Template.MAX_BODY_BYTES);
    }
    return body;
  }

  private String fetch(String url) {
    String[] place = place(url);
    try (InputStream in = objects.open(place[0], place[1], null)) {
      byte[] bytes = in.readNBytes(Template.MAX_URL_BYTES + 1);
      if (bytes.length > Template.MAX_URL_BYTES) {
        throw Invalid.request(
            "Template may not exceed " + Template.MAX_URL_BYTES + " bytes in size.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (AwsError e) {
      throw e.code().startsWith("NoSuch") ? Invalid.request("S3 error: " + e.getMessage()) : e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bucket and key of a path-style or virtual-hosted URL, of S3's own hosts or this cloud's. */
  private String[] place(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw unsupported();
    }
    String host = uri.getHost();
    String path = uri.getPath();
    if (host == null || path == null || path.length() < 2 || !url.startsWith("http")) {
      throw unsupported();
    }
    int bucketEnd = host.indexOf(".s3");
    if (bucketEnd > 0 && (host.endsWith(".amazonaws.com") || host.contains(".s3.localhost"))) {
      return new String[] {host.substring(0, bucketEnd), path.substring(1)};
    }
    int slash = path.indexOf('/', 1);
    boolean ours = host.equals(identity.endpoint().getHost()) || host.equals("localhost");
    boolean amazons = host.startsWith("s3") && host.endsWith(".amazonaws.com");
    if (slash < 0 || slash == path.length() - 1 || !(ours || amazons)) {
      throw unsupported();
    }
    return new String[] {path.substring(1, slash), path.substring(slash + 1)};
  }

  private static AwsError unsupported() {
    return Invalid.request("TemplateURL must be a supported URL.");
  }
}
