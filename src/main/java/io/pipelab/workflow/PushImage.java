package io.pipelab.workflow;

import io.pipelab.lab.Lab;

/** Builds one of the lab's images and pushes it. */
final class PushImage implements Step {
  private final Lab.ImageSpec image;
  private final ImagePush push;
  private final Bindings bindings;

  PushImage(Lab.ImageSpec image, ImagePush push, Bindings bindings) {
    this.image = image;
    this.push = push;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Build and push image " + image.id();
  }

  @Override
  public void run(Progress progress) {
    String repository = bindings.references().resolve(image.repository());
    ImagePush.Pushed pushed = push.push(image, repository);
    progress.note("image " + image.id() + " is " + pushed.uri());
    bindings.add(references -> references.withImage(image.id(), pushed.uri(), pushed.digest()));
  }
}
