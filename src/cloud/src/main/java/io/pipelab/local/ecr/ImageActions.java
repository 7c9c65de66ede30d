package io.pipelab.local.ecr;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** ListImages, DescribeImages, BatchGetImage, BatchDeleteImage and PutImage. */
final class ImageActions {
  private final CloudIdentity identity;
  private final Repositories repositories;
  private final Images images;

  ImageActions(CloudIdentity identity, Repositories repositories, Images images) {
    this.identity = identity;
    this.repositories = repositories;
    this.images = images;
  }

  void addTo(Actions actions) {
    actions
        .on(ListImagesRequest.class, this::listImages)
        .on(DescribeImagesRequest.class, this::describeImages)
        .on(BatchGetImageRequest.class, this::batchGetImage)
        .on(BatchDeleteImageRequest.class, this::batchDeleteImage)
        .on(PutImageRequest.class, this::putImage);
  }

  private ListImagesResponse listImages(ListImagesRequest request) {
    String repository = repositories.get(request.repositoryName()).name();
    TagStatus wanted = request.filter() == null ? null : request.filter().tagStatus();
    List<ImageIdentifier> ids = new ArrayList<>();
    for (StoredImage image : images.list(repository)) {
      List<String> tags = images.tags(repository, image.digest());
      if (tags.isEmpty() && wanted != TagStatus.TAGGED) {
        ids.add(ImageIdentifier.builder().imageDigest(image.digest()).build());
      }
      if (wanted != TagStatus.UNTAGGED) {
        for (String tag : tags) {
          ids.add(ImageIdentifier.builder().imageDigest(image.digest()).imageTag(tag).build());
        }
      }
    }
    Page<ImageIdentifier> page = Page.of(ids, request.nextToken(), request.maxResults(), 1000);
    return ListImagesResponse.builder().imageIds(page.items()).nextToken(page.next()).build();
  }

  private DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    String repository = repositories.get(request.repositoryName()).name();
    TagStatus wanted = request.filter() == null ? null : request.filter().tagStatus();
    List<StoredImage> found = new ArrayList<>();
    if (request.imageIds().isEmpty()) {
      for (StoredImage image : images.list(repository)) {
        boolean tagged = !images.tags(repository, image.digest()).isEmpty();
        if (wanted == null || wanted == TagStatus.ANY || tagged == (wanted == TagStatus.TAGGED)) {
          found.add(image);
        }
      }
    } else {
      request.imageIds().forEach(id -> found.add(existing(repository, id)));
    }
    Page<StoredImage> page = Page.of(found, request.nextToken(), request.maxResults(), 1000);
    return DescribeImagesResponse.builder()
        .imageDetails(page.items().stream().map(image -> detail(repository, image)).toList())
        .nextToken(page.next())
        .build();
  }

  private StoredImage existing(String repository, ImageIdentifier id) {
    StoredImage image = images.find(repository, id.imageDigest(), id.imageTag());
    if (image == null) {
      throw EcrErrors.imageNotFound(
          id.imageDigest(), id.imageTag(), repository, identity.account());
    }
    return image;
  }

  private ImageDetail detail(String repository, StoredImage image) {
    List<String> tags = images.tags(repository, image.digest());
    Manifest.Descriptor config = image.manifest().config();
    return ImageDetail.builder()
        .registryId(identity.account())
        .repositoryName(repository)
        .imageDigest(image.digest())
        .imageTags(tags.isEmpty() ? null : tags)
        .imageSizeInBytes(image.size())
        .imagePushedAt(image.pushedAt())
        .imageManifestMediaType(image.manifest().mediaType())
        .artifactMediaType(config == null ? null : config.mediaType())
        .lastRecordedPullTime(images.lastPull(repository, image.digest()))
        .build();
  }

  private BatchGetImageResponse batchGetImage(BatchGetImageRequest request) {
    String repository = repositories.get(request.repositoryName()).name();
    List<Image> found = new ArrayList<>();
    List<ImageFailure> failures = new ArrayList<>();
    for (ImageIdentifier id : request.imageIds()) {
      StoredImage image = images.find(repository, id.imageDigest(), id.imageTag());
      if (image == null) {
        failures.add(failure(repository, id));
      } else {
        found.add(describe(repository, image, id.imageTag()));
      }
    }
    return BatchGetImageResponse.builder().images(found).failures(failures).build();
  }

  private Image describe(String repository, StoredImage image, @Nullable String tag) {
    return Image.builder()
        .registryId(identity.account())
        .repositoryName(repository)
        .imageId(id -> id.imageDigest(image.digest()).imageTag(tag))
        .imageManifest(new String(image.bytes(), StandardCharsets.UTF_8))
        .imageManifestMediaType(image.manifest().mediaType())
        .build();
  }

  private BatchDeleteImageResponse batchDeleteImage(BatchDeleteImageRequest request) {
    String repository = repositories.get(request.repositoryName()).name();
    List<ImageIdentifier> deleted = new ArrayList<>();
    List<ImageFailure> failures = new ArrayList<>();
    for (ImageIdentifier id : request.imageIds()) {
      StoredImage image = images.find(repository, id.imageDigest(), id.imageTag());
      if (image == null) {
        failures.add(failure(repository, id));
      } else if (id.imageTag() == null && images.isReferenced(repository, image.digest())) {
        failures.add(
            ImageFailure.builder()
                .imageId(id)
                .failureCode(ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST)
                .failureReason("Requested image referenced by manifest list")
                .build());
      } else {
        deleted.addAll(delete(repository, image, id));
      }
    }
    return BatchDeleteImageResponse.builder().imageIds(deleted).failures(failures).build();
  }

  private List<ImageIdentifier> delete(String repository, StoredImage image, ImageIdentifier id) {
    List<String> gone =
        id.imageTag() == null ? images.tags(repository, image.digest()) : List.of(id.imageTag());
    if (id.imageTag() == null) {
      images.delete(repository, image.digest());
    } else {
      images.deleteTag(repository, id.imageTag());
    }
    if (gone.isEmpty()) {
      return List.of(ImageIdentifier.builder().imageDigest(image.digest()).build());
    }
    return gone.stream()
        .map(tag -> ImageIdentifier.builder().imageDigest(image.digest()).imageTag(tag).build())
        .toList();
  }

  private ImageFailure failure(String repository, ImageIdentifier id) {
    ImageFailure.Builder failure = ImageFailure.builder().imageId(id);
    if (id.imageDigest() == null && id.imageTag() == null) {
      return failure
          .failureCode(ImageFailureCode.MISSING_DIGEST_AND_TAG)
          .failureReason("Invalid request parameters: both tag and digest cannot be null")
          .build();
    }
    if (id.imageDigest() != null && !Digests.isDigest(id.imageDigest())) {
      return failure
          .failureCode(ImageFailureCode.INVALID_IMAGE_DIGEST)
          .failureReason(
              "Invalid request parameters: image digest should satisfy the regex"
                  + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'")
          .build();
    }
    if (id.imageDigest() != null && images.find(repository, id.imageDigest(), null) != null) {
      return failure
          .failureCode(ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST)
          .failureReason(
              "Requested tag: " + id.imageTag() + " does not refer to " + id.imageDigest())
          .build();
    }
    return failure
        .failureCode(ImageFailureCode.IMAGE_NOT_FOUND)
        .failureReason("Requested image not found")
        .build();
  }

  private PutImageResponse putImage(PutImageRequest request) {
    String repository = repositories.get(request.repositoryName()).name();
    byte[] bytes =
        Objects.requireNonNullElse(request.imageManifest(), "").getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Manifest.LARGEST) {
      throw EcrErrors.invalid("Invalid parameter at 'imageManifest': more than 4 MiB");
    }
    String digest = Digests.of(bytes);
    if (request.imageDigest() != null && !request.imageDigest().equals(digest)) {
      throw AwsError.badRequest(
          "ImageDigestDoesNotMatchException",
          "The digest of the image manifest is " + digest + ", not " + request.imageDigest());
    }
    Images.Put put =
        images.put(repository, bytes, request.imageManifestMediaType(), request.imageTag());
    if (!put.changed()) {
      throw EcrErrors.imageExists(digest, request.imageTag(), repository, identity.account());
    }
    return PutImageResponse.builder()
        .image(describe(repository, put.image(), request.imageTag()))
        .build();
  }
}
