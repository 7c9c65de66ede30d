package io.pipelab.workflow.down;

import io.pipelab.target.AwsClients;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * Empties what CloudFormation refuses to delete while something is in it: buckets, repositories,
 * clusters.
 */
public final class EmptyStack implements Step {
  private final String name;
  private final Predicate<String> which;
  private final Cloud cloud;

  /** Empties all that is in a stack. */
  EmptyStack(String name, Cloud cloud) {
    this(name, every -> true, cloud);
  }

  /**
   * Empties some of what is in a stack.
   *
   * @param which says of a logical id whether it is to be emptied
   */
  public EmptyStack(String name, Predicate<String> which, Cloud cloud) {
    this.name = name;
    this.which = which;
    this.cloud = cloud;
  }

  @Override
  public String title() {
    return "Empty stack " + name;
  }

  @Override
  public void run(Progress progress) {
    AwsClients clients = cloud.clients();
    List<StackResourceSummary> resources = new Stacks(clients.cloudFormation()).resources(name);
    for (StackResourceSummary resource : resources) {
      String id = resource.physicalResourceId();
      if (id == null
          || !which.test(resource.logicalResourceId())
          || "DELETE_COMPLETE".equals(resource.resourceStatusAsString())) {
        continue;
      }
      switch (resource.resourceType()) {
        case "AWS::S3::Bucket" -> new EmptyBucket(clients.s3()).empty(id, progress);
        case "AWS::ECR::Repository" -> new EmptyRepository(clients.ecr()).empty(id, progress);
        case "AWS::ECS::Cluster" -> new StopTasks(cloud).stop(id, progress);
        default -> {}
      }
    }
  }
}
