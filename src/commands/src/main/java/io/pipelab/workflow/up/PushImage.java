package io.pipelab.workflow.up;

import io.pipelab.image.ImageBuilder;
import io.pipelab.image.ImageRecipe;
import io.pipelab.image.PublishedImage;
import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.List;
import java.util.Optional;

/** Builds one of the lab's images and pushes it, unless it is in its repository. */
public final class PushImage implements Step {
  private final Lab.ImageSpec image;
  private final Artifacts artifacts;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<PublishedImage> published = Optional.empty();
  private String uri = "";

  public PushImage(Lab.ImageSpec image, Artifacts artifacts, Cloud cloud, Bindings bindings) {
    this.image = image;
    this.artifacts = artifacts;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Build and push image " + image.id();
  }

  /**
   * The image in its repository; to be asked after {@link #run}.
   *
   * @throws Failure of kind UNSUPPORTED when the target has no registry
   */
  public PublishedImage published() {
    return published.orElseThrow(this::noRegistry);
  }

  @Override
  public void run(Progress progress) {
    String repository = bindings.references().resolve(image.repository());
    ImageBuilder builder =
        new ImageBuilder(
            cloud.clients().ecr(),
            artifacts.imageCache(),
            fraction ->
                progress.on(
                    new Progress.Counted(
                        "image " + image.id() + ", percent", Math.round(fraction * 100), 100)));
    uri = builder.repositoryUri(repository);
    if (!cloud.target().owns(uri.substring(0, uri.indexOf('/')))) {
      goOnWithout(progress);
      return;
    }
    ImageRecipe recipe =
        new ImageRecipe(
            List.of(artifacts.jar(image.jar())),
            image.mainClass(),
            base(),
            image.function() ? ImageRecipe.Place.FUNCTION : ImageRecipe.Place.TASK);
    PublishedImage done = builder.publish(recipe, repository);
    published = Optional.of(done);
    progress.note(
        "image " + image.id() + (done.pushed() ? " pushed: " : " is there: ") + done.uri());
    bindings.add(references -> references.withImage(image.id(), done.uri(), done.digest()));
  }

  /** The rest of the lab can stand and be checked without its image. */
  private void goOnWithout(Progress progress) {
    progress.note(noRegistry().what() + ": what needs it is not supported there");
    bindings.add(
        references -> references.withImage(image.id(), uri + Lab.ImageSpec.NO_REGISTRY, ""));
  }

  private Failure noRegistry() {
    return new Failure(
        Failure.Kind.UNSUPPORTED,
        "target %s has no registry to push image %s to"
            .formatted(cloud.target().name(), image.id()),
        "it names " + uri + ", which is AWS's own",
        "use another target: --target local, or --target aws");
  }

  /** On the embedded cloud programs run with this machine's JVM: images need none. */
  private String base() {
    return cloud.embedded() ? "" : ImageRecipe.CORRETTO;
  }
}
