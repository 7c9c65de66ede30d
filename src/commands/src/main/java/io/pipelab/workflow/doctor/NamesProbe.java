package io.pipelab.workflow.doctor;

import io.pipelab.lab.TemplateResource;
import io.pipelab.target.AwsClients;
import io.pipelab.target.ServiceFailures;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.down.Presence;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.LabInstance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Whether a name that the lab will use is taken by something that is not the lab's own. */
final class NamesProbe implements Probe {
  private final LabInstance instance;
  private final List<TemplateResource> resources;
  private final AwsClients clients;
  private final TargetProbe.Account account;

  NamesProbe(
      LabInstance instance,
      List<TemplateResource> resources,
      AwsClients clients,
      TargetProbe.Account account) {
    this.instance = instance;
    this.resources = resources;
    this.clients = clients;
    this.account = account;
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    Set<String> own = new HashSet<>();
    Stacks stacks = new Stacks(clients.cloudFormation());
    for (String name : instance.lab().stacks().stream().map(instance::stackName).toList()) {
      Optional<Stack> stack = stacks.find(name);
      if (stack.isPresent() && !isOurs(stack.get())) {
        findings.add(taken("stack " + name));
      } else if (stack.isPresent()) {
        stacks
            .resources(name)
            .forEach(r -> own.add(r.resourceType() + " " + r.physicalResourceId()));
      }
    }
    int looked = 0;
    for (TemplateResource resource : resources) {
      Optional<String> id = resource.name().flatMap(name -> physicalId(resource.type(), name));
      // A family is nobody's alone: it takes one revision more.
      boolean known =
          resource.name().isPresent()
              && Presence.knows(resource.type())
              && !resource.type().equals("AWS::ECS::TaskDefinition");
      looked += known ? 1 : 0;
      if (id.isPresent() && known && !own.contains(resource.type() + " " + id.get())) {
        look(new Leftover(resource.type(), id.get()), resource.name().orElseThrow())
            .ifPresent(findings::add);
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("names", "none of the lab's " + looked + " names is taken by others"))
        : findings;
  }

  private boolean isOurs(Stack stack) {
    return Stacks.labOf(stack).equals(instance.lab().id())
        && Stacks.instanceOf(stack).equals(instance.instance());
  }

  private Optional<Finding> look(Leftover thing, String name) {
    String what = thing.type().replaceFirst(".*::", "").toLowerCase(Locale.ROOT) + " " + name;
    try {
      return new Presence(clients).isThere(thing) ? Optional.of(taken(what)) : Optional.empty();
    } catch (AwsServiceException e) {
      if (thing.type().equals("AWS::S3::Bucket") && e.statusCode() == 403) {
        return Optional.of(taken(what)); // bucket names are unique among all accounts
      }
      return Optional.of(unknown(what, e));
    } catch (SdkException e) {
      return Optional.of(unknown(what, e));
    }
  }

  private static Finding unknown(String what, SdkException e) {
    return Finding.note(
        "names",
        "nobody knows whether there is a " + what + ": " + ServiceFailures.explain(e, "").why(),
        null);
  }

  private static Finding taken(String what) {
    return Finding.stops(
        "names",
        what + " is there and not the lab's own",
        "delete it, or set up a second copy of the lab: --instance NAME");
  }

  /** By what the service knows the name; empty when there is no such thing. */
  private Optional<String> physicalId(String type, String name) {
    return switch (type) {
      case "AWS::SQS::Queue" -> queueUrl(name);
      case "AWS::SNS::Topic" ->
          Optional.of(
              "arn:%s:sns:%s:%s:%s"
                  .formatted(account.partition(), account.region(), account.id(), name));
      default -> Optional.of(name);
    };
  }

  private Optional<String> queueUrl(String name) {
    try {
      return Optional.of(clients.sqs().getQueueUrl(r -> r.queueName(name)).queueUrl());
    } catch (QueueDoesNotExistException e) {
      return Optional.empty();
    }
  }
}
