package io.pipelab.workflow;

import io.pipelab.image.ImageBuilder;
import io.pipelab.image.ImageRecipe;
import io.pipelab.image.PublishedImage;
import io.pipelab.lab.Lab;
import io.pipelab.target.Target;
import java.util.List;
import java.util.Optional;

/** Builds one of the lab's images and pushes it, unless it is in its repository. */
public final class PushImage implements Step {
  private final Lab.ImageSpec image;
  private final Artifacts artifacts;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<PublishedImage> published = Optional.empty();

  PushImage(Lab.ImageSpec image, Artifacts artifacts, Cloud cloud, Bindings bindings) {
    this.image = image;
    this.artifacts = artifacts;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Build and push image " + image.id();
  }

  /** The image in its repository; to be asked after {@link #run}. */
  PublishedImage published() {
    return published.orElseThrow();
  }

  @Override
  public void run(Progress progress) {
    String repository = bindings.references().resolve(image.repository());
    ImageRecipe recipe =
        new ImageRecipe(List.of(artifacts.jar(image.jar())), image.mainClass(), base());
    PublishedImage done =
        new ImageBuilder(
                cloud.clients().ecr(),
                artifacts.imageCache(),
                fraction ->
                    progress.on(
                        new Progress.Counted(
                            "image " + image.id() + ", percent", Math.round(fraction * 100), 100)))
            .publish(recipe, repository);
    published = Optional.of(done);
    progress.note(
        "image " + image.id() + (done.pushed() ? " pushed: " : " is there: ") + done.uri());
    bindings.add(references -> references.withImage(image.id(), done.uri(), done.digest()));
  }

  /** On the embedded cloud a task runs with this machine's JVM: its image needs none. */
  private String base() {
    return cloud.target() instanceof Target.Local ? "" : ImageRecipe.CORRETTO;
  }
}
