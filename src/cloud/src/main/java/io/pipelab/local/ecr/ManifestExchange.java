package io.pipelab.local.ecr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v2/NAME/manifests/REFERENCE} and {@code /v2/NAME/tags/list}. */
final class ManifestExchange {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Images images;

  ManifestExchange(Images images) {
    this.images = images;
  }

  void handle(HttpCall call, RegistryRoute route) throws IOException {
    switch (call.method()) {
      case "HEAD", "GET" -> get(call, route);
      case "PUT" -> put(call, route);
      default -> throw RegistryEndpoint.unsupported(call);
    }
  }

  private void get(HttpCall call, RegistryRoute route) throws IOException {
    StoredImage image = images.pull(route.name(), route.reference());
    Map<String, String> headers = new HashMap<>(RegistryEndpoint.standardHeaders());
    headers.put("Content-Type", image.manifest().mediaType());
    headers.put("Docker-Content-Digest", image.digest());
    try (OutputStream out = call.respond(200, headers, image.bytes().length)) {
      if (call.method().equals("GET")) {
        out.write(image.bytes());
      }
    }
  }

  private void put(HttpCall call, RegistryRoute route) throws IOException {
    byte[] bytes = call.body().readNBytes(Manifest.LARGEST + 1);
    if (bytes.length > Manifest.LARGEST) {
      throw AwsError.of("SIZE_INVALID", 413, "a manifest may have 4 MiB at most");
    }
    boolean byDigest = route.reference().contains(":");
    String digest = Digests.of(bytes);
    if (byDigest && !digest.equals(route.reference())) {
      throw AwsError.badRequest(
          "DIGEST_INVALID", "the manifest's digest is " + digest + ", not " + route.reference());
    }
    images.put(route.name(), bytes, mediaType(call), byDigest ? null : route.reference());
    Map<String, String> headers = new HashMap<>(RegistryEndpoint.standardHeaders());
    headers.put("Location", "/v2/" + route.name() + "/manifests/" + digest);
    headers.put("Docker-Content-Digest", digest);
    call.respond(201, headers, new byte[0]);
  }

  private static @Nullable String mediaType(HttpCall call) {
    String type = call.header("Content-Type");
    return type == null ? null : type.split(";", 2)[0].strip();
  }

  /** Tags in order, from behind {@code last}, at most {@code n}. */
  void tags(HttpCall call, RegistryRoute route) throws IOException {
    if (!call.method().equals("GET")) {
      throw RegistryEndpoint.unsupported(call);
    }
    Map<String, String> query = RegistryRoute.query(call.rawQuery());
    String last = query.getOrDefault("last", "");
    int most = number(query.getOrDefault("n", "1000"));
    List<String> rest =
        images.tags(route.name()).stream().filter(tag -> tag.compareTo(last) > 0).toList();
    List<String> page = rest.subList(0, Math.min(most, rest.size()));
    ObjectNode answer = JSON.createObjectNode().put("name", route.name());
    var tags = answer.putArray("tags");
    page.forEach(tags::add);
    Map<String, String> headers = new HashMap<>(RegistryEndpoint.standardHeaders());
    headers.put("Content-Type", "application/json");
    if (!page.isEmpty() && page.size() < rest.size()) {
      headers.put(
          "Link",
          "</v2/"
              + route.name()
              + "/tags/list?n="
              + most
              + "&last="
              + page.get(page.size() - 1)
              + ">; rel=\"next\"");
    }
    call.respond(200, headers, JSON.writeValueAsBytes(answer));
  }

  private static int number(String text) {
    try {
      return Math.max(0, Math.min(1000, Integer.parseInt(text)));
    } catch (NumberFormatException e) {
      throw AwsError.badRequest("PAGINATION_NUMBER_INVALID", "n is not a number: " + text);
    }
  }
}
