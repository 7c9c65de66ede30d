package io.pipelab.local.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The documents of S3 event notifications ("Event message structure", version 2.1). */
final class EventRecord {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final CloudIdentity identity;

  EventRecord(CloudIdentity identity) {
    this.identity = identity;
  }

  /** The message about one event. */
  ObjectNode of(ObjectEvent event, String configurationId) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    ObjectNode each = message.putArray("Records").addObject();
    each.put("eventVersion", "2.1");
    each.put("eventSource", "aws:s3");
    each.put("awsRegion", identity.region());
    each.put("eventTime", TIME.format(event.time()));
    each.put("eventName", event.name());
    each.putObject("userIdentity").put("principalId", "AWS:" + event.caller().arn());
    each.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    ObjectNode response = each.putObject("responseElements");
    response.put("x-amz-request-id", event.version().sequencer());
    response.put("x-amz-id-2", event.version().sequencer());
    ObjectNode s3 = each.putObject("s3");
    s3.put("s3SchemaVersion", "1.0");
    s3.put("configurationId", configurationId);
    ObjectNode bucket = s3.putObject("bucket");
    bucket.put("name", event.bucket().name());
    bucket.putObject("ownerIdentity").put("principalId", OwnerId.of(identity));
    bucket.put("arn", "arn:aws:s3:::" + event.bucket().name());
    object(event, s3.putObject("object"));
    return message;
  }

  private static void object(ObjectEvent event, ObjectNode node) {
    // As in a form: a space is a plus sign; the slashes stay.
    String key = URLEncoder.encode(event.version().key(), StandardCharsets.UTF_8);
    node.put("key", key.replace("%2F", "/"));
    StoredObject object = event.version().object();
    if (object != null) {
      node.put("size", object.size());
      node.put("eTag", object.etag());
    }
    if (event.versioned()) {
      node.put("versionId", event.version().id());
    }
    node.put("sequencer", event.version().sequencer());
  }

  /** What topics and queues get when they become destinations. */
  static ObjectNode test(String bucket, Instant now) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("Service", "Amazon S3");
    message.put("Event", "s3:TestEvent");
    message.put("Time", TIME.format(now));
    message.put("Bucket", bucket);
    message.put("RequestId", VersionIds.next());
    message.put("HostId", VersionIds.next());
    return message;
  }
}
