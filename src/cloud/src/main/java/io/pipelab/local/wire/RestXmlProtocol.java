package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * S3's REST-XML: buckets and keys in the path, sub-resources in the query string, XML bodies. What
 * streams, objects and parts, is S3's own {@link io.pipelab.local.kernel.HttpEndpoint}.
 */
final class RestXmlProtocol implements Protocol {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  /** The root elements of responses whose name is not the action's with Result. */
  private static final Map<String, String> ROOTS =
      Map.ofEntries(
          Map.entry("ListBuckets", "ListAllMyBucketsResult"),
          Map.entry("ListObjects", "ListBucketResult"),
          Map.entry("ListObjectsV2", "ListBucketResult"),
          Map.entry("ListObjectVersions", "ListVersionsResult"),
          Map.entry("DeleteObjects", "DeleteResult"),
          Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
          Map.entry("GetObjectAttributes", "GetObjectAttributesResponse"),
          Map.entry("GetBucketAcl", "AccessControlPolicy"),
          Map.entry("GetObjectAcl", "AccessControlPolicy"),
          Map.entry("GetBucketTagging", "Tagging"),
          Map.entry("GetObjectTagging", "Tagging"),
          Map.entry("GetBucketLogging", "BucketLoggingStatus"),
          Map.entry("GetBucketLocation", "LocationConstraint"),
          Map.entry("GetBucketCors", "CORSConfiguration"),
          Map.entry("GetBucketRequestPayment", "RequestPaymentConfiguration"));

  /** Actions beside the deletions that answer 204. */
  private static final Set<String> WITHOUT_CONTENT = Set.of("PutBucketPolicy", "PutBucketTagging");

  @Override
  public String asked(WireRequest request) {
    return request.call().method() + " " + request.call().rawPath();
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) {
    BucketPath path = BucketPath.of(request.call());
    Operation operation = table.byBucketPath(request.call(), path);
    SdkPojo builder = operation.newBuilder();
    checkIntegers(path, builder);
    HttpMembers.fill(request.call(), path.labels(), builder);
    SdkField<?> payload = payloadMember(builder);
    if (payload != null && request.body().length > 0) {
      payload.set(builder, payload(request.body(), payload));
    }
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
  }

  /** S3 has words of its own for a number in the query string that is none. */
  private static void checkIntegers(BucketPath path, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      String value = path.parameter(field.locationName());
      if (field.location() == MarshallLocation.QUERY_PARAM
          && field.marshallingType() == MarshallingType.INTEGER
          && value != null
          && !value.matches("-?\\d{1,9}")) {
        throw AwsError.badRequest(
                "InvalidArgument",
                "Provided " + field.locationName() + " not an integer or within integer range")
            .with("ArgumentName", field.locationName())
            .with("ArgumentValue", value);
      }
    }
  }

  private static Object payload(byte[] body, SdkField<?> field) {
    if (field.constructor() == null) {
      return new String(body, StandardCharsets.UTF_8);
    }
    SdkPojo nested = field.constructor().get();
    XmlTree.parse(body).fill(nested);
    return ((Buildable) nested).build();
  }

  private static @Nullable SdkField<?> payloadMember(SdkPojo pojo) {
    for (SdkField<?> field : pojo.sdkFields()) {
      if (field.containsTrait(PayloadTrait.class)) {
        return field;
      }
    }
    return null;
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id) {
    boolean empty =
        request.call().method().equals("DELETE") || WITHOUT_CONTENT.contains(operation.name());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-amz-request-id", id);
    if (response == null) {
      return new Answer(empty ? 204 : 200, headers, new byte[0]);
    }
    headers.putAll(HttpMembers.headers(response));
    byte[] body = body(operation.name(), response);
    if (empty || body.length == 0) {
      return new Answer(empty ? 204 : 200, headers, new byte[0]);
    }
    headers.put("Content-Type", body[0] == '<' ? "application/xml" : "application/json");
    return new Answer(200, headers, body);
  }

  private static byte[] body(String action, SdkPojo response) {
    SdkField<?> payload = payloadMember(response);
    Object value = payload == null ? response : payload.getValueOrDefault(response);
    if (action.equals("GetBucketLocation")) {
      XmlWriter xml = xml().open("LocationConstraint", NAMESPACE);
      return bytes(xml.text(value == null ? "" : value.toString()).close("LocationConstraint"));
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    boolean hasBody =
        response.sdkFields().stream().anyMatch(f -> f.location() == MarshallLocation.PAYLOAD);
    if (!hasBody || !(value instanceof SdkPojo pojo)) {
      return new byte[0];
    }
    String root = payload == null ? root(action) : payload.locationName();
    return bytes(xml().open(root, NAMESPACE).members(pojo).close(root));
  }

  private static String root(String action) {
    String known = ROOTS.get(action);
    if (known != null) {
      return known;
    }
    return action.startsWith("GetBucket")
        ? action.substring("GetBucket".length())
            + (action.endsWith("Configuration") ? "" : "Configuration")
        : action + "Result";
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id) {
    return error(request.call(), fault, id);
  }

  /** S3's error document; answers to HEAD, and 304, have none. */
  static Answer error(HttpCall call, Fault fault, String id) {
    Map<String, String> headers = new LinkedHashMap<>(fault.headers());
    headers.put("x-amz-request-id", id);
    if (call.method().equals("HEAD") || fault.status() == 304) {
      return new Answer(fault.status(), headers, new byte[0]);
    }
    headers.put("Content-Type", "application/xml");
    XmlWriter xml = xml().open("Error");
    xml.element("Code", fault.code()).element("Message", fault.message());
    for (Map.Entry<String, JsonNode> member : fault.members().properties()) {
      xml.element(member.getKey(), member.getValue().asText());
    }
    xml.element("Resource", call.rawPath()).element("RequestId", id);
    return new Answer(fault.status(), headers, bytes(xml.close("Error")));
  }

  private static XmlWriter xml() {
    return new XmlWriter(MemberNames.QUERY).declaration();
  }

  private static byte[] bytes(XmlWriter xml) {
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Why no operation of the service answers here. */
  static AwsError unknown(HttpCall call) {
    return AwsError.of(
        "MethodNotAllowed",
        405,
        "The specified method is not allowed against this resource: "
            + call.method()
            + " "
            + call.rawPath());
  }
}
