package io.pipelab.workflow.drive;

import io.pipelab.lab.Lab;
import io.pipelab.lab.SettingNames;
import io.pipelab.target.Failure;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.up.UploadArtifact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;

/** Puts new code into one function of a lab and publishes it as a version; no stack changes. */
public final class DeployFunction implements DriveStep<DeployFunction.Deployed> {
  static final DriveAction<DeploySettings> ACTION =
      new DriveAction<>(
          "deploy-function",
          SettingNames.NONE.needs("function"),
          (with, samples) -> DeploySettings.of(with),
          DeployFunction::new);

  /**
   * What was published.
   *
   * @param codeSha256 the code's hash as Lambda prints it, base64
   */
  public record Deployed(String function, String version, String codeSha256) {}

  private final LabInstance instance;
  private final DeploySettings settings;
  private final String deployment;
  private final Artifacts artifacts;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<Deployed> deployed = Optional.empty();

  public DeployFunction(DeploySettings settings, Driven on) {
    this.instance = on.instance();
    this.settings = settings;
    this.deployment = on.runId();
    this.artifacts = on.artifacts();
    this.cloud = on.cloud();
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Deploy code into " + settings.function();
  }

  @Override
  public Deployed result() {
    return deployed.orElseThrow();
  }

  @Override
  public Optional<String> asksTo() {
    return Optional.of("change a function of");
  }

  @Override
  public void run(Progress progress) {
    String function = function(bindings.references().resolve(settings.function()));
    String bucket = bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT);
    String key = upload(bucket, progress);
    LambdaClient lambda = cloud.clients().lambda();
    lambda.updateFunctionCode(update -> update.functionName(function).s3Bucket(bucket).s3Key(key));
    GetFunctionConfigurationResponse updated = awaitUpdate(lambda, function);
    PublishVersionResponse version =
        lambda.publishVersion(
            publish ->
                publish
                    .functionName(function)
                    .codeSha256(updated.codeSha256())
                    .description("pipelab deploy-function " + source()));
    deployed = Optional.of(new Deployed(function, version.version(), version.codeSha256()));
  }

  private String upload(String bucket, Progress progress) {
    Path given = settings.jar();
    Path jar = given == null ? ownJar() : given;
    if (!settings.stamped()) {
      return UploadArtifact.put(cloud.clients().s3(), bucket, jar, jar.toString(), progress);
    }
    try (StampedJar stamped = StampedJar.of(jar, deployment)) {
      return UploadArtifact.put(
          cloud.clients().s3(), bucket, stamped.file(), "deployment " + deployment, progress);
    }
  }

  /** The deployment that the code tells of itself, or where code that tells nothing comes from. */
  private String source() {
    return settings.stamped()
        ? deployment
        : "of " + (settings.jar() == null ? "the lab" : settings.jar().getFileName());
  }

  private Path ownJar() {
    List<Lab.ArtifactSpec> all = instance.lab().artifacts();
    if (all.size() != 1) {
      throw Failure.usage(
          "lab " + instance.lab().id() + " has " + all.size() + " jars of functions",
          "name the code: --jar FILE");
    }
    return artifacts.jar(all.get(0).jar());
  }

  /** The physical name of a function of the lab, which may be named without the prefix. */
  private String function(String name) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    List<String> known = new ArrayList<>();
    for (Lab.StackSpec stack : instance.lab().stacks()) {
      for (StackResourceSummary resource : stacks.standing(instance.stackName(stack))) {
        if (FunctionOwners.FUNCTION.equals(resource.resourceType())) {
          known.add(resource.physicalResourceId());
        }
      }
    }
    for (String each : known) {
      if (each.equals(name) || each.equals(instance.prefix() + name)) {
        return each;
      }
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "lab " + instance.asArguments() + " has no function " + name,
        known.isEmpty() ? null : "its functions are " + String.join(", ", known),
        next());
  }

  /** What is not there may come with a phase that is not built. */
  private @Nullable String next() {
    String standing = bindings.references().find("phase").orElse("");
    return instance.lab().phases().isWhole(standing)
        ? null
        : "it is built up to phase %s; 'pipelab up %s --next' builds one phase more"
            .formatted(instance.lab().phases().place(standing), instance.asArguments());
  }

  private GetFunctionConfigurationResponse awaitUpdate(LambdaClient lambda, String function) {
    return cloud
        .poller()
        .until(
            "function " + function + " to take its code",
            cloud.deadline(),
            () -> {
              GetFunctionConfigurationResponse now =
                  lambda.getFunctionConfiguration(get -> get.functionName(function));
              if (now.lastUpdateStatus() == LastUpdateStatus.FAILED) {
                throw new Failure(
                    Failure.Kind.REFUSED,
                    "function " + function + " did not take its code",
                    now.lastUpdateStatusReason(),
                    "the function still runs the code that it had");
              }
              return now.lastUpdateStatus() == LastUpdateStatus.IN_PROGRESS
                  ? Optional.empty()
                  : Optional.of(now);
            });
  }
}
