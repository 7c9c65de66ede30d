package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v2/NAME/blobs/uploads/}: blobs pushed in one piece (POST with a digest, or POST and PUT),
 * in chunks (POST, PATCH, PUT), or mounted from another repository.
 */
final class UploadExchange {
  private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?(\\d+)-(\\d+)(?:/.*)?");

  private final BlobStore blobs;
  private final Repositories repositories;

  UploadExchange(BlobStore blobs, Repositories repositories) {
    this.blobs = blobs;
    this.repositories = repositories;
  }

  void handle(HttpCall call, RegistryRoute route) throws IOException {
    Map<String, String> query = RegistryRoute.query(call.rawQuery());
    if (route.reference().isEmpty()) {
      if (!call.method().equals("POST")) {
        throw RegistryEndpoint.unsupported(call);
      }
      begin(call, route.name(), query);
      return;
    }
    Upload upload = blobs.upload(route.name(), route.reference());
    if (upload == null) {
      throw AwsError.notFound("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }
    switch (call.method()) {
      case "GET" -> accepted(call, 204, upload);
      case "PATCH" -> {
        requireNext(call, upload);
        receive(call, upload);
        accepted(call, 202, upload);
      }
      case "PUT" -> {
        receive(call, upload);
        finish(call, upload, query.get("digest"));
      }
      case "DELETE" -> {
        blobs.cancel(upload);
        call.respond(204, RegistryEndpoint.standardHeaders(), new byte[0]);
      }
      default -> throw RegistryEndpoint.unsupported(call);
    }
  }

  private void begin(HttpCall call, String name, Map<String, String> query) throws IOException {
    String mount = query.get("mount");
    String from = query.get("from");
    if (mount != null
        && from != null
        && repositories.exists(from)
        && blobs.mount(mount, from, name)) {
      created(call, name, mount);
      return;
    }
    Upload upload = blobs.begin(name);
    String digest = query.get("digest");
    if (digest == null) {
      accepted(call, 202, upload);
    } else {
      receive(call, upload);
      finish(call, upload, digest);
    }
  }

  /** A chunk has to begin where the one before ended. */
  private static void requireNext(HttpCall call, Upload upload) {
    String range = call.header("Content-Range");
    if (range == null) {
      return;
    }
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (!matcher.matches() || !matcher.group(1).equals(Long.toString(upload.size()))) {
      throw AwsError.of(
          "BLOB_UPLOAD_INVALID", 416, "the next byte of this upload is " + upload.size());
    }
  }

  private void receive(HttpCall call, Upload upload) throws IOException {
    try {
      upload.append(call.body());
    } catch (AwsError e) {
      blobs.cancel(upload);
      throw e;
    } catch (IOException e) {
      // A full disk, most likely; a client that went away does not read this.
      blobs.cancel(upload);
      throw AwsError.of("UNKNOWN", 500, "the blob cannot be stored: " + e.getMessage());
    }
  }

  private void finish(HttpCall call, Upload upload, @Nullable String digest) throws IOException {
    if (digest == null || !Digests.isDigest(digest)) {
      blobs.cancel(upload);
      throw AwsError.badRequest("DIGEST_INVALID", "'" + digest + "' is not a sha256 digest");
    }
    blobs.finish(upload, digest);
    created(call, upload.repository(), digest);
  }

  private static void created(HttpCall call, String name, String digest) throws IOException {
    Map<String, String> headers = new HashMap<>(RegistryEndpoint.standardHeaders());
    headers.put("Location", "/v2/" + name + "/blobs/" + digest);
    headers.put("Docker-Content-Digest", digest);
    call.respond(201, headers, new byte[0]);
  }

  private static void accepted(HttpCall call, int status, Upload upload) throws IOException {
    Map<String, String> headers = new HashMap<>(RegistryEndpoint.standardHeaders());
    headers.put("Location", "/v2/" + upload.repository() + "/blobs/uploads/" + upload.id());
    headers.put("Docker-Upload-UUID", upload.id());
    headers.put("Range", "0-" + Math.max(0, upload.size() - 1));
    call.respond(status, headers, new byte[0]);
  }
}
