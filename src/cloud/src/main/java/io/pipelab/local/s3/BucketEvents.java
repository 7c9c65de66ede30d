package io.pipelab.local.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ServiceEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells EventBridge of all that happens to the objects of a bucket that has it in its notification
 * configuration (S3 User Guide, "EventBridge event message structure").
 */
final class BucketEvents {
  private final CloudIdentity identity;
  private final ServiceEvents events;

  BucketEvents(CloudIdentity identity, ServiceEvents events) {
    this.identity = identity;
    this.events = events;
  }

  void happened(ObjectEvent event) {
    events.happened(
        "aws.s3",
        detailType(event.name()),
        List.of("arn:aws:s3:::" + event.bucket().name()),
        () -> detail(event));
  }

  private static String detailType(String name) {
    return switch (name) {
      case "ObjectCreated:Put", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload" ->
          "Object Created";
      case "ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated" -> "Object Deleted";
      case "ObjectTagging:Put" -> "Object Tags Added";
      case "ObjectTagging:Delete" -> "Object Tags Deleted";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private JsonNode detail(ObjectEvent event) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("version", "0");
    detail.putObject("bucket").put("name", event.bucket().name());
    object(event, detail.putObject("object"));
    detail
        .put("request-id", event.version().sequencer())
        .put("requester", identity.account())
        .put("source-ip-address", "127.0.0.1");
    String reason = reason(event.name());
    if (reason != null) {
      detail.put("reason", reason);
    }
    if (event.name().equals("ObjectRemoved:Delete")) {
      detail.put("deletion-type", "Permanently Deleted");
    } else if (event.name().equals("ObjectRemoved:DeleteMarkerCreated")) {
      detail.put("deletion-type", "Delete Marker Created");
    }
    return detail;
  }

  /** The API that did it; nothing of tags. */
  private static @Nullable String reason(String name) {
    return switch (name) {
      case "ObjectCreated:Put" -> "PutObject";
      case "ObjectCreated:Copy" -> "CopyObject";
      case "ObjectCreated:CompleteMultipartUpload" -> "CompleteMultipartUpload";
      case "ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated" -> "DeleteObject";
      default -> null;
    };
  }

  /** The key as it is, unlike in other notifications; changed tags have neither size nor order. */
  private static void object(ObjectEvent event, ObjectNode node) {
    boolean tags = event.name().startsWith("ObjectTagging:");
    node.put("key", event.version().key());
    StoredObject object = event.version().object();
    if (object != null) {
      if (!tags) {
        node.put("size", object.size());
      }
      node.put("etag", object.etag());
    }
    if (event.versioned()) {
      node.put("version-id", event.version().id());
    }
    if (!tags) {
      node.put("sequencer", event.version().sequencer());
    }
  }
}
