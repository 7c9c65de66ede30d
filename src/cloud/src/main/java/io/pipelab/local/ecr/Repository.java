package io.pipelab.local.ecr;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/**
 * A repository's own properties; its images are kept by {@link Images}.
 *
 * @param policy the repository policy, stored and not enforced
 * @param lifecyclePolicy stored; nothing expires by it
 */
record Repository(
    String name,
    String arn,
    String uri,
    Instant createdAt,
    ImageTagMutability mutability,
    boolean scanOnPush,
    EncryptionConfiguration encryption,
    @Nullable String policy,
    @Nullable String lifecyclePolicy,
    Map<String, String> tags) {

  Repository withMutability(ImageTagMutability changed) {
    return new Repository(
        name, arn, uri, createdAt, changed, scanOnPush, encryption, policy, lifecyclePolicy, tags);
  }

  Repository withScanOnPush(boolean changed) {
    return new Repository(
        name, arn, uri, createdAt, mutability, changed, encryption, policy, lifecyclePolicy, tags);
  }

  Repository withPolicy(@Nullable String changed) {
    return new Repository(
        name,
        arn,
        uri,
        createdAt,
        mutability,
        scanOnPush,
        encryption,
        changed,
        lifecyclePolicy,
        tags);
  }

  Repository withLifecyclePolicy(@Nullable String changed) {
    return new Repository(
        name, arn, uri, createdAt, mutability, scanOnPush, encryption, policy, changed, tags);
  }

  Repository withTags(Map<String, String> changed) {
    return new Repository(
        name,
        arn,
        uri,
        createdAt,
        mutability,
        scanOnPush,
        encryption,
        policy,
        lifecyclePolicy,
        Map.copyOf(changed));
  }

  /** The repository as the API shows it. */
  software.amazon.awssdk.services.ecr.model.Repository describe(String registryId) {
    return software.amazon.awssdk.services.ecr.model.Repository.builder()
        .repositoryName(name)
        .repositoryArn(arn)
        .repositoryUri(uri)
        .registryId(registryId)
        .createdAt(createdAt)
        .imageTagMutability(mutability)
        .imageScanningConfiguration(
            ImageScanningConfiguration.builder().scanOnPush(scanOnPush).build())
        .encryptionConfiguration(encryption)
        .build();
  }
}
