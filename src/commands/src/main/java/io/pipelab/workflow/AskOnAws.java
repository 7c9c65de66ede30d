package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Names account, region and resources, and goes on only when the user agrees. */
final class AskOnAws implements Step {
  private final String verb;
  private final LabInstance instance;
  private final Cloud cloud;
  private final Consent consent;
  private final List<String> more;

  /**
   * A question.
   *
   * @param more what else is to be known before one agrees
   */
  AskOnAws(String verb, LabInstance instance, Cloud cloud, Consent consent, List<String> more) {
    this.verb = verb;
    this.instance = instance;
    this.cloud = cloud;
    this.consent = consent;
    this.more = more;
  }

  @Override
  public String title() {
    return "Ask before AWS is changed";
  }

  @Override
  public void run(Progress progress) {
    GetCallerIdentityResponse caller = cloud.clients().sts().getCallerIdentity();
    String region = cloud.clients().sts().serviceClientConfiguration().region().id();
    Lab lab = instance.lab();
    List<String> facts = new ArrayList<>();
    facts.add(
        "%s lab %s in AWS account %s, region %s, as %s"
            .formatted(verb, instance.asArguments(), caller.account(), region, caller.arn()));
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
    consent.ask(facts);
  }
}
