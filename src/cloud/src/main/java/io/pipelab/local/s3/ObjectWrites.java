package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.wire.BucketPath;
import io.pipelab.local.wire.HttpMembers;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** PutObject and UploadPart. */
final class ObjectWrites {
  private static final int MOST_PARTS = 10_000;

  private final ObjectAccess access;
  private final Clock wall;
  private final Buckets buckets;
  private final UploadActions uploads;
  private final EventSource events;
  private final Intake intake;

  ObjectWrites(
      ObjectAccess access, Clock wall, Buckets buckets, UploadActions uploads, EventSource events) {
    this.access = access;
    this.wall = wall;
    this.buckets = buckets;
    this.uploads = uploads;
    this.events = events;
    this.intake = new Intake(buckets.blobs());
  }

  void putObject(HttpCall call, BucketPath path) throws IOException {
    PutObjectRequest.Builder builder = PutObjectRequest.builder();
    HttpMembers.fill(call, path.labels(), builder);
    PutObjectRequest request = builder.build();
    Bucket bucket = buckets.get(path.bucket());
    access.require(request, call.caller());
    WriteOptions.check(request);
    Map<String, String> tags = Tags.ofHeader(request.tagging());
    ObjectHeaders kept = ObjectHeaders.of(request);
    Intake.Taken taken = intake.take(call, ChecksumAlgorithm.CRC64_NVME);
    StoredObject object =
        new StoredObject(taken.blob(), taken.blob().md5(), kept, taken.checksum(), List.of(), tags);
    ObjectVersion version =
        bucket.put(
            path.key(),
            object,
            wall.instant(),
            new Preconditions(request.ifMatch(), request.ifNoneMatch(), null, null)::checkWrite);
    Map<String, String> headers = head(object.quotedEtag(), taken.checksum());
    headers.put("x-amz-checksum-type", taken.checksum().type().toString());
    String shown = ObjectActions.shown(version);
    if (shown != null) {
      headers.put("x-amz-version-id", shown);
    }
    call.respond(200, headers, new byte[0]);
    events.emit("ObjectCreated:Put", bucket, version, call.caller());
  }

  void uploadPart(HttpCall call, BucketPath path) throws IOException {
    UploadPartRequest.Builder request = UploadPartRequest.builder();
    HttpMembers.fill(call, path.labels(), request);
    Bucket bucket = buckets.get(path.bucket());
    access.require(request.build(), call.caller());
    MultipartUpload upload = UploadActions.find(bucket, path.key(), path.parameter("uploadId"));
    int number = partNumber(String.valueOf(path.parameter("partNumber")));
    Intake.Taken taken = intake.take(call, upload.algorithm());
    if (upload.strict() && taken.checksum().algorithm() != upload.algorithm()) {
      buckets.blobs().delete(taken.blob());
      throw AwsError.badRequest(
          "InvalidRequest",
          "Checksum Type mismatch occurred, expected checksum Type: "
              + upload.algorithm()
              + ", actual checksum Type: "
              + taken.checksum().algorithm());
    }
    UploadedPart part = uploads.add(upload, number, taken.blob(), taken.checksum());
    call.respond(200, head(part.quotedEtag(), taken.checksum()), new byte[0]);
  }

  private static int partNumber(String text) {
    int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST_PARTS) {
      throw AwsError.badRequest(
          "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
    }
    return number;
  }

  private static Map<String, String> head(String etag, ObjectChecksum checksum) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag);
    headers.put(checksum.header(), checksum.value());
    headers.put("x-amz-server-side-encryption", "AES256");
    return headers;
  }
}
