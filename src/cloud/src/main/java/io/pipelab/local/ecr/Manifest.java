package io.pipelab.local.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image manifest or an index of them.
 *
 * @param config the image's configuration, or null for an index
 * @param layers base first; empty for an index
 * @param children the manifests of an index; empty for an image
 */
record Manifest(
    String mediaType,
    @Nullable Descriptor config,
    List<Descriptor> layers,
    List<Descriptor> children) {
  static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
  static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** Four MiB, in bytes: what the distribution specification asks registries to take. */
  static final int LARGEST = 4 << 20;

  private static final Set<String> IMAGES = Set.of(DOCKER_IMAGE, OCI_IMAGE);
  private static final Set<String> INDEXES = Set.of(DOCKER_LIST, OCI_INDEX);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a manifest refers to.
   *
   * @param size in bytes
   * @param platform {@code linux/amd64} for a manifest in an index, else empty
   */
  record Descriptor(String mediaType, String digest, long size, String platform) {}

  /**
   * Reads a manifest.
   *
   * @param declaredType the request's content type, or null to go by the document
   * @throws AwsError InvalidParameterException
   */
  static Manifest parse(byte[] bytes, @Nullable String declaredType) {
    JsonNode document = document(bytes);
    String inside = document.path("mediaType").asText("");
    String type = declaredType == null || declaredType.isEmpty() ? inside : declaredType;
    if (type.isEmpty()) {
      type = document.has("manifests") ? OCI_INDEX : OCI_IMAGE;
    }
    if (!inside.isEmpty() && !inside.equals(type)) {
      throw invalid("the content type is " + type + " but the manifest says " + inside);
    }
    if (INDEXES.contains(type)) {
      return new Manifest(type, null, List.of(), descriptors(document.path("manifests")));
    }
    if (!IMAGES.contains(type)) {
      throw invalid("manifest media type " + type + " is not supported");
    }
    return new Manifest(
        type, descriptor(document.path("config")), descriptors(document.path("layers")), List.of());
  }

  private static JsonNode document(byte[] bytes) {
    try {
      JsonNode document = JSON.readTree(bytes);
      if (document.isObject() && document.path("schemaVersion").asInt() == 2) {
        return document;
      }
      throw invalid("a manifest is a JSON object with schemaVersion 2");
    } catch (JsonProcessingException e) {
      throw invalid("the manifest is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid("the manifest cannot be read: " + e.getMessage());
    }
  }

  boolean isIndex() {
    return config == null;
  }

  /** All blobs that an image needs. */
  List<String> blobs() {
    List<String> digests = new ArrayList<>();
    if (config != null) {
      digests.add(config.digest());
    }
    layers.forEach(layer -> digests.add(layer.digest()));
    return digests;
  }

  private static List<Descriptor> descriptors(JsonNode nodes) {
    if (!nodes.isArray()) {
      throw invalid("the manifest lacks its list of layers or manifests");
    }
    List<Descriptor> list = new ArrayList<>();
    nodes.forEach(node -> list.add(descriptor(node)));
    return list;
  }

  private static Descriptor descriptor(JsonNode node) {
    String digest = node.path("digest").asText("");
    if (!Digests.isDigest(digest)) {
      throw invalid("'" + digest + "' is not a sha256 digest");
    }
    JsonNode platform = node.path("platform");
    return new Descriptor(
        node.path("mediaType").asText(""),
        digest,
        node.path("size").asLong(),
        platform.isObject()
            ? platform.path("os").asText() + "/" + platform.path("architecture").asText()
            : "");
  }

  private static AwsError invalid(String message) {
    return EcrErrors.invalid(
        "Invalid parameter at 'ImageManifest' failed to satisfy constraint: '" + message + "'");
  }
}
