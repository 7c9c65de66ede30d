package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FullDisk;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.WebVisit;
import io.pipelab.local.wire.BucketPath;
import io.pipelab.local.wire.RestXml;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/**
 * The front of S3 through which objects' bytes stream: PutObject, UploadPart, GetObject,
 * HeadObject. It also takes every call without a signature to a bucket that exists.
 */
final class ObjectStreams implements HttpEndpoint {
  private final Buckets buckets;
  private final ObjectWrites writes;
  private final ObjectReads reads;
  private final Clock wall;

  /**
   * The front.
   *
   * @param wall the clock by which clients make presigned URLs
   */
  ObjectStreams(Buckets buckets, ObjectWrites writes, ObjectReads reads, Clock wall) {
    this.buckets = buckets;
    this.writes = writes;
    this.reads = reads;
    this.wall = wall;
  }

  @Override
  public String networkName() {
    return "s3";
  }

  @Override
  public boolean accepts(HttpCall call) {
    if (call.signingName() == null) {
      return buckets.has(BucketPath.of(call).bucket());
    }
    return call.signingName().equals("s3")
        && (PresignedUrl.isPresigned(call) || isStream(call, BucketPath.of(call)));
  }

  /**
   * Objects can be looked at in a browser; what else pages may do says the bucket's CORS
   * configuration.
   */
  @Override
  public boolean admits(HttpCall call, WebVisit visit) {
    boolean ours = call.signingName() == null ? accepts(call) : call.signingName().equals("s3");
    String name = ours ? BucketPath.of(call).bucket() : "";
    if (!ours || !buckets.has(name)) {
      return false;
    }
    Optional<CORSRule> rule = CorsRules.find(buckets.get(name), call);
    rule.ifPresent(each -> CorsRules.answer(each, call).forEach(call::answerWith));
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    return rule.isPresent() || (reads && !(visit instanceof WebVisit.Stranger) && accepts(call));
  }

  private static boolean isStream(HttpCall call, BucketPath path) {
    if (!path.isObject() || path.subResource() != null) {
      return false;
    }
    return switch (call.method()) {
      case "GET" -> path.parameter("uploadId") == null;
      case "HEAD" -> true;
      case "PUT" -> call.header("x-amz-copy-source") == null;
      default -> false;
    };
  }

  private static boolean isForm(HttpCall call) {
    String type = call.header("Content-Type");
    return call.method().equals("POST") && type != null && type.startsWith("multipart/form-data");
  }

  @Override
  public void handle(HttpCall given) throws IOException {
    HttpCall call = given;
    try {
      BucketPath path = BucketPath.of(call);
      if (CorsRules.isPreflight(call)) {
        CorsRules.answerPreflight(buckets.get(path.bucket()), call);
        return;
      }
      PresignedUrl.checkExpiry(path, wall.instant());
      if (PresignedUrl.isPresigned(call)) {
        PresignedCall.checkHeaders(call, path);
        call = new PresignedCall(call, path);
      }
      Caller caller = call.caller();
      if (isForm(call)) {
        throw AwsError.notImplemented("s3:PostObject, uploads by HTML forms");
      }
      if (!isStream(call, path)) {
        throw call.signingName() == null
            ? ObjectAccess.denied()
            : AwsError.notImplemented("presigned URLs of other than objects");
      }
      if (caller instanceof Caller.Anonymous) {
        requireUnrestricted(path);
      }
      if (!call.method().equals("PUT")) {
        reads.read(call, path);
      } else if (path.parameter("uploadId") == null) {
        writes.putObject(call, path);
      } else {
        writes.uploadPart(call, path);
      }
    } catch (AwsError e) {
      RestXml.refuse(call, e);
    } catch (IOException e) {
      if (!call.method().equals("PUT") || !FullDisk.isBehind(e)) {
        throw e;
      }
      // Who still sends does not hear an answer.
      call.body().transferTo(OutputStream.nullOutputStream());
      RestXml.refuse(call, FullDisk.error());
    }
  }

  /** What a policy grants to everybody does not count where the bucket is closed to the public. */
  private void requireUnrestricted(BucketPath path) {
    boolean restricted =
        buckets
            .get(path.bucket())
            .configuration(PublicAccessBlockConfiguration.class)
            .map(each -> Boolean.TRUE.equals(each.restrictPublicBuckets()))
            .orElse(false);
    if (restricted) {
      throw ObjectAccess.denied();
    }
  }
}
