package io.pipelab.local.ecr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The registry as Docker, Jib and crane see it: the OCI distribution API, version 2, with ECR's
 * password and ECR's words. Everything wants the password, pulls too, as in ECR.
 */
final class RegistryEndpoint implements HttpEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** ECR's error codes in the registry's language: code and HTTP status. */
  private static final Map<String, Map.Entry<String, Integer>> CODES =
      Map.of(
          "RepositoryNotFoundException", Map.entry("NAME_UNKNOWN", 404),
          "ImageNotFoundException", Map.entry("MANIFEST_UNKNOWN", 404),
          "ImageTagAlreadyExistsException", Map.entry("TAG_INVALID", 400),
          "LayersNotFoundException", Map.entry("MANIFEST_BLOB_UNKNOWN", 404),
          "ReferencedImagesNotFoundException", Map.entry("MANIFEST_UNKNOWN", 404),
          "InvalidParameterException", Map.entry("MANIFEST_INVALID", 400));

  private final CloudIdentity identity;
  private final Repositories repositories;
  private final AuthorizationTokens tokens;
  private final BlobExchange blobs;
  private final UploadExchange uploads;
  private final ManifestExchange manifests;

  RegistryEndpoint(
      CloudIdentity identity,
      Repositories repositories,
      Images images,
      BlobStore store,
      AuthorizationTokens tokens) {
    this.identity = identity;
    this.repositories = repositories;
    this.tokens = tokens;
    this.blobs = new BlobExchange(store);
    this.uploads = new UploadExchange(store, repositories);
    this.manifests = new ManifestExchange(images);
  }

  @Override
  public String networkName() {
    return "ecr.dkr";
  }

  @Override
  public boolean accepts(HttpCall call) {
    String path = call.rawPath();
    return call.signingName() == null && (path.equals("/v2") || path.startsWith("/v2/"));
  }

  @Override
  public void handle(HttpCall call) throws IOException {
    if (!tokens.admits(call.header("Authorization"))) {
      Map<String, String> headers = new HashMap<>(standardHeaders());
      headers.put(
          "WWW-Authenticate",
          "Basic realm=\"" + identity.endpoint() + "/\",service=\"ecr.amazonaws.com\"");
      refuse(call, 401, headers, "UNAUTHORIZED", "Not Authorized");
      return;
    }
    try {
      dispatch(call);
    } catch (AwsError e) {
      Map.Entry<String, Integer> code =
          CODES.getOrDefault(e.code(), Map.entry(e.code(), e.status()));
      refuse(call, code.getValue(), standardHeaders(), code.getKey(), e.getMessage());
    }
  }

  private void dispatch(HttpCall call) throws IOException {
    RegistryRoute route = RegistryRoute.of(call.rawPath());
    if (route.kind() == RegistryRoute.Kind.BASE) {
      json(call, JSON.createObjectNode());
      return;
    }
    if (route.kind() == RegistryRoute.Kind.CATALOG) {
      ObjectNode answer = JSON.createObjectNode();
      var names = answer.putArray("repositories");
      repositories.list().forEach(repository -> names.add(repository.name()));
      json(call, answer);
      return;
    }
    repositories.get(route.name());
    switch (route.kind()) {
      case BLOB -> blobs.handle(call, route);
      case UPLOAD -> uploads.handle(call, route);
      case MANIFEST -> manifests.handle(call, route);
      case TAGS -> manifests.tags(call, route);
      default -> throw unsupported(call);
    }
  }

  static Map<String, String> standardHeaders() {
    return Map.of("Docker-Distribution-Api-Version", "registry/2.0");
  }

  static AwsError unsupported(HttpCall call) {
    return AwsError.of(
        "UNSUPPORTED",
        405,
        "pipelab's registry does not implement " + call.method() + " " + call.rawPath());
  }

  private static void json(HttpCall call, ObjectNode answer) throws IOException {
    Map<String, String> headers = new HashMap<>(standardHeaders());
    headers.put("Content-Type", "application/json");
    call.respond(200, headers, JSON.writeValueAsBytes(answer));
  }

  private static void refuse(
      HttpCall call, int status, Map<String, String> headers, String code, String message)
      throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "application/json; charset=utf-8");
    Object error = Map.of("errors", List.of(Map.of("code", code, "message", message)));
    byte[] body = JSON.writeValueAsString(error).getBytes(StandardCharsets.UTF_8);
    call.respond(status, all, body);
  }
}
