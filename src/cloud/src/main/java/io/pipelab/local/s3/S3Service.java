package io.pipelab.local.s3;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.ObjectStore;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.HonouredMembers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * S3. Bytes are on disk, everything else is in memory: buckets live as long as the cloud. Nothing
 * is touched before the first object.
 */
public final class S3Service implements AwsService, ObjectStore {
  private final CloudIdentity identity;
  private final Buckets buckets;
  private final EventSource events;
  private final Actions actions = new Actions();
  private final ObjectStreams streams;
  private final BucketActions bucketActions;

  /**
   * S3 of one cloud.
   *
   * @param clock dates events; objects and buckets are dated in real time
   * @param access asked about every read and write of an object
   * @param directory for the objects' bytes, its own; made at the first object, emptied at close
   */
  public S3Service(CloudIdentity identity, CloudClock clock, AccessCheck access, Path directory) {
    // Clients compare with their own time when an object was last modified (`aws s3 sync` looks at
    // files' times) and how old a presigned URL is.
    Clock wall = Clock.systemUTC();
    this.identity = identity;
    this.buckets = new Buckets(new Blobs(directory));
    this.events = new EventSource(clock);
    this.bucketActions = new BucketActions(identity, wall, buckets);
    UploadActions uploads = new UploadActions(identity, wall, buckets, events);
    bucketActions.addTo(actions);
    new AccessActions(identity, buckets).addTo(actions);
    new ConfigurationActions(buckets, events).addTo(actions);
    new CorsActions(buckets).addTo(actions);
    new UnconfiguredActions(buckets).addTo(actions);
    new ListActions(identity, buckets).addTo(actions);
    new ObjectActions(wall, buckets, events).addTo(actions);
    uploads.addTo(actions);
    new UploadListings(identity, buckets).addTo(actions);
    ObjectAccess objects = new ObjectAccess(new HonouredMembers("s3", S3Service.class), access);
    this.streams =
        new ObjectStreams(
            buckets,
            new ObjectWrites(objects, wall, buckets, uploads, events),
            new ObjectReads(objects, buckets),
            wall);
  }

  /** Connects who delivers event notifications; without, configuring them is not implemented. */
  public void attach(ObjectEvents port) {
    events.attach(port);
  }

  @Override
  public String signingName() {
    return "s3";
  }

  @Override
  public Actions actions() {
    return actions;
  }

  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    // arn:aws:s3:::BUCKET or arn:aws:s3:::BUCKET/KEY
    String path = arn.substring(arn.lastIndexOf(":::") + 3);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    return buckets.has(bucket) ? buckets.get(bucket).policy() : null;
  }

  /** The streaming front; the gateway asks it last, since it takes unsigned calls to buckets. */
  public HttpEndpoint endpoint() {
    return streams;
  }

  /** The CloudFormation types AWS::S3::Bucket and AWS::S3::BucketPolicy. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new BucketResource(identity, buckets, bucketActions, events),
        new BucketPolicyResource(buckets));
  }

  @Override
  public InputStream open(String bucket, String key, @Nullable String versionId) {
    try {
      return buckets.get(bucket).open(key, versionId).bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    buckets.blobs().close();
  }
}
