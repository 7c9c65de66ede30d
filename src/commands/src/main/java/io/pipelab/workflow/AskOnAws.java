package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Names account, region and resources, and goes on only when the user agrees. */
final class AskOnAws implements Step {
  private final String verb;
  private final LabCopy copy;
  private final Supplier<List<String>> resources;
  private final Cloud cloud;
  private final Consent consent;

  AskOnAws(String verb, LabInstance instance, Cloud cloud, Consent consent) {
    this(verb, instance, cloud, consent, List.of());
  }

  /**
   * A question about a lab.
   *
   * @param more what else is to be known before one agrees
   */
  AskOnAws(String verb, LabInstance instance, Cloud cloud, Consent consent, List<String> more) {
    this(verb, instance.copy(), () -> resources(instance, more), cloud, consent);
  }

  /**
   * A question.
   *
   * @param resources what it is about, a line each; asked when the account is known
   */
  AskOnAws(
      String verb, LabCopy copy, Supplier<List<String>> resources, Cloud cloud, Consent consent) {
    this.verb = verb;
    this.copy = copy;
    this.resources = resources;
    this.cloud = cloud;
    this.consent = consent;
  }

  @Override
  public String title() {
    return "Ask before AWS is changed";
  }

  @Override
  public void run(Progress progress) {
    GetCallerIdentityResponse caller = cloud.clients().sts().getCallerIdentity();
    String region = cloud.clients().sts().serviceClientConfiguration().region().id();
    List<String> facts = new ArrayList<>();
    facts.add(
        "%s lab %s in AWS account %s, region %s, as %s"
            .formatted(verb, copy.asArguments(), caller.account(), region, caller.arn()));
    facts.addAll(resources.get());
    consent.ask(facts);
  }

  private static List<String> resources(LabInstance instance, List<String> more) {
    Lab lab = instance.lab();
    List<String> facts = new ArrayList<>();
    facts.add(
        "stacks: " + String.join(", ", lab.stacks().stream().map(instance::stackName).toList()));
    facts.add(
        String.format(
            Locale.ROOT,
            "resources: %s; about %.4f USD an hour (%s)",
            String.join(", ", lab.services()),
            lab.cost().hourlyUsd(),
            lab.cost().note()));
    facts.addAll(more);
    return facts;
  }
}
