package io.pipelab.workflow.down;

import io.pipelab.target.Failure;
import io.pipelab.workflow.step.Progress;
import java.util.List;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Removes every image from a repository, tagged or not. */
final class EmptyRepository {
  private final EcrClient ecr;

  EmptyRepository(EcrClient ecr) {
    this.ecr = ecr;
  }

  void empty(String repository, Progress progress) {
    try {
      int removed = 0;
      for (ListImagesResponse page :
          ecr.listImagesPaginator(request -> request.repositoryName(repository))) {
        removed += remove(repository, page.imageIds());
      }
      if (removed > 0) {
        progress.note("repository " + repository + ": " + removed + " images removed");
      }
    } catch (RepositoryNotFoundException e) {
      progress.note("repository " + repository + " is not there");
    }
  }

  /** By digest: removing a tag alone would leave its image. */
  private int remove(String repository, List<ImageIdentifier> images) {
    List<ImageIdentifier> digests =
        images.stream()
            .map(ImageIdentifier::imageDigest)
            .distinct()
            .map(digest -> ImageIdentifier.builder().imageDigest(digest).build())
            .toList();
    if (digests.isEmpty()) {
      return 0;
    }
    List<ImageFailure> failures =
        ecr
            .batchDeleteImage(r -> r.repositoryName(repository).imageIds(digests))
            .failures()
            .stream()
            .filter(failure -> !"ImageNotFound".equals(failure.failureCodeAsString()))
            .toList();
    if (!failures.isEmpty()) {
      ImageFailure first = failures.get(0);
      throw new Failure(
          Failure.Kind.REFUSED,
          failures.size() + " images of repository " + repository + " could not be removed",
          first.failureCodeAsString() + ": " + first.failureReason(),
          "remove what uses them, then run the same 'pipelab down' again");
    }
    return digests.size();
  }
}
