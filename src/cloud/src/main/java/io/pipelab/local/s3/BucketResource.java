package io.pipelab.local.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.Tagging;

/** {@code AWS::S3::Bucket}. */
final class BucketResource implements ResourceType {
  private static final int LONGEST_NAME = 63;
  private static final String NOTIFICATIONS = "NotificationConfiguration";

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::S3::Bucket")
          .createOnly("BucketName")
          .properties(
              "AccessControl",
              "Tags",
              "VersioningConfiguration",
              "LifecycleConfiguration",
              NOTIFICATIONS,
              "PublicAccessBlockConfiguration",
              "BucketEncryption",
              "CorsConfiguration",
              "OwnershipControls")
          .attributes("Arn", "DomainName", "RegionalDomainName", "DualStackDomainName");

  private final CloudIdentity identity;
  private final Buckets buckets;
  private final BucketActions actions;
  private final EventSource events;

  BucketResource(
      CloudIdentity identity, Buckets buckets, BucketActions actions, EventSource events) {
    this.identity = identity;
    this.buckets = buckets;
    this.actions = actions;
    this.events = events;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String given = request.text("BucketName");
    String name =
        given == null ? request.generatedName(LONGEST_NAME).toLowerCase(Locale.ROOT) : given;
    if (buckets.has(name)) {
      throw AwsError.of("BucketAlreadyExists", 409, name + " already exists");
    }
    boolean elsewhere = !identity.region().equals("us-east-1");
    actions.create(
        CreateBucketRequest.builder()
            .bucket(name)
            .createBucketConfiguration(
                elsewhere ? c -> c.locationConstraint(identity.region()) : c -> {})
            .build());
    try {
      configure(buckets.get(name), request);
      setNotifications(buckets.get(name), request);
    } catch (RuntimeException | Error e) {
      buckets.delete(name);
      throw e;
    }
    return physical(name);
  }

  private PhysicalResource physical(String name) {
    String regional = name + ".s3." + identity.region() + ".amazonaws.com";
    return PhysicalResource.of(name)
        .with("Arn", "arn:aws:s3:::" + name)
        .with("DomainName", name + ".s3.amazonaws.com")
        .with("RegionalDomainName", regional)
        .with(
            "DualStackDomainName", name + ".s3.dualstack." + identity.region() + ".amazonaws.com");
  }

  /** Sets every configuration as the template has it; one that it left out goes back to default. */
  private void configure(Bucket bucket, ResourceRequest request) {
    ObjectNode properties = request.properties();
    String acl = request.text("AccessControl");
    if (acl != null && !acl.equals("Private")) {
      throw AwsError.notImplemented("AccessControl " + acl + " of buckets");
    }
    tag(bucket, request);
    JsonNode versioning = properties.path("VersioningConfiguration").path("Status");
    if (!versioning.isMissingNode()) {
      BucketActions.setVersioning(bucket, BucketProperties.versioning(properties));
    } else if (bucket.versioning() != null) {
      bucket.versioning(BucketVersioningStatus.SUSPENDED);
    }
    apply(properties, "PublicAccessBlockConfiguration", bucket);
    apply(properties, "LifecycleConfiguration", bucket);
    apply(properties, "BucketEncryption", bucket);
    apply(properties, "OwnershipControls", bucket);
    if (properties.has("CorsConfiguration")) {
      CorsActions.set(bucket, BucketProperties.cors(properties));
    } else {
      bucket.unconfigure(CORSConfiguration.class);
    }
  }

  private void setNotifications(Bucket bucket, ResourceRequest request) {
    if (request.properties().has(NOTIFICATIONS)) {
      events.configure(bucket, BucketProperties.notifications(request.properties()), true);
    } else {
      bucket.unconfigure(NotificationConfiguration.class);
    }
  }

  private static void apply(ObjectNode properties, String property, Bucket bucket) {
    boolean given = properties.has(property);
    switch (property) {
      case "PublicAccessBlockConfiguration" -> {
        PublicAccessBlockConfiguration block =
            given
                ? AccessActions.complete(BucketProperties.publicAccess(properties))
                : BucketActions.allBlocked();
        bucket.configure(block);
      }
      case "LifecycleConfiguration" -> {
        if (given) {
          ConfigurationActions.setLifecycle(bucket, BucketProperties.lifecycle(properties));
        } else {
          bucket.unconfigure(GetBucketLifecycleConfigurationResponse.class);
        }
      }
      case "BucketEncryption" -> {
        if (given) {
          ConfigurationActions.setEncryption(bucket, BucketProperties.encryption(properties));
        } else {
          bucket.unconfigure(ServerSideEncryptionConfiguration.class);
        }
      }
      default -> {
        if (given) {
          AccessActions.setOwnership(bucket, BucketProperties.ownership(properties));
        } else {
          bucket.configure(BucketActions.ownerEnforced());
        }
      }
    }
  }

  private static void tag(Bucket bucket, ResourceRequest request) {
    Map<String, String> tags = new LinkedHashMap<>(request.stackTags());
    for (JsonNode tag : request.properties().path("Tags")) {
      tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
    if (tags.isEmpty()) {
      bucket.unconfigure(Tagging.class);
    } else {
      ConfigurationActions.tag(bucket, Tags.list(tags));
    }
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Bucket bucket = buckets.get(current.physicalId());
    configure(bucket, after);
    // Not again and again: every time it is set, topics and queues get a test event.
    if (!before.properties().path(NOTIFICATIONS).equals(after.properties().path(NOTIFICATIONS))) {
      setNotifications(bucket, after);
    }
    return physical(current.physicalId());
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    if (buckets.has(current.physicalId())) {
      buckets.delete(current.physicalId());
    }
  }
}
