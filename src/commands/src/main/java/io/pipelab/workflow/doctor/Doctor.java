package io.pipelab.workflow.doctor;

import io.pipelab.lab.Lab;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.References;
import io.pipelab.lab.TemplateResource;
import io.pipelab.target.AwsClients;
import io.pipelab.target.Failure;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.target.ServiceFailures;
import io.pipelab.target.Target;
import io.pipelab.verify.check.AbsurdAnswer;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.LabInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Checks the prerequisites on a target: this machine first, then the target, then the lab. */
public final class Doctor {
  private final List<Probe> machine;
  private final TargetProbe targetProbe;
  private final Surroundings here;

  /** What the lab would meet. */
  public record Surroundings(
      Target target,
      AwsClients clients,
      LocalCloudProcess cloud,
      Artifacts artifacts,
      Map<String, String> environment) {}

  public Doctor(List<Probe> machine, TargetProbe targetProbe, Surroundings here) {
    this.machine = List.copyOf(machine);
    this.targetProbe = targetProbe;
    this.here = here;
  }

  /**
   * All findings, in the order in which a user would fix them.
   *
   * @param lab asked after the target, because which lab is meant may depend on what is up there
   * @param given the lab's parameters that the user set
   */
  public List<Finding> examine(Supplier<LabInstance> lab, Map<String, String> given) {
    List<Finding> findings = new ArrayList<>();
    machine.forEach(probe -> findings.addAll(probe.look()));
    findings.addAll(targetProbe.look());
    try {
      examine(lab.get(), given, findings);
    } catch (ManifestError e) {
      e.mistakes()
          .forEach(
              mistake -> findings.add(Finding.stops("lab", mistake.toString(), "fix it there")));
    } catch (Failure e) {
      // What keeps the target from answering was found before.
      if (e.kind() != Failure.Kind.UNREACHABLE
          || findings.stream().noneMatch(finding -> finding.stops() != null)) {
        findings.add(Finding.stops("lab", e));
      }
    } catch (SdkException e) {
      findings.add(Finding.stops("lab", ServiceFailures.explain(e, here.target().name())));
    }
    return findings;
  }

  private void examine(LabInstance instance, Map<String, String> given, List<Finding> findings) {
    Lab lab = instance.lab();
    Map<String, String> parameters =
        lab.parameterValues(here.target() instanceof Target.Local, given);
    TargetProbe.Account account = targetProbe.account().orElse(null);
    List<TemplateResource> resources = resources(instance, parameters, account);
    findings.add(
        Finding.ok(
            "lab",
            "lab %s: %d stacks, %d resources, %d steps"
                .formatted(
                    instance.asArguments(),
                    lab.stacks().size(),
                    resources.size(),
                    lab.steps().size())));
    findings.addAll(new BuildProbe(lab, here.artifacts(), here.cloud()).look());
    if (here.target() instanceof Target.Local) {
      findings.addAll(
          new DatabaseProbe(
                  resources, here.cloud().cache(), ToolsProbe.hasMaven(here.environment()))
              .look());
    }
    if (account == null) {
      return;
    }
    findings.addAll(
        look("services", new ServicesProbe(resources, here.clients(), here.target().name())));
    findings.addAll(look("names", new NamesProbe(instance, resources, here.clients(), account)));
    if (here.target() instanceof Target.Aws) {
      findings.addAll(
          look("quotas", new QuotasProbe(resources, here.clients(), lab.stacks().size())));
    }
  }

  /** What the target answers may make no sense: that is a finding, and the next probe looks. */
  private static List<Finding> look(String id, Probe probe) {
    try {
      return probe.look();
    } catch (SdkException | Failure | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      return List.of(
          Finding.note(
              id, AbsurdAnswer.words(e), "is an AWS-compatible service behind the endpoint?"));
    }
  }

  private static List<TemplateResource> resources(
      LabInstance instance, Map<String, String> parameters, TargetProbe.@Nullable Account account) {
    References references =
        References.of(instance.lab())
            .withParameters(parameters)
            .with("instance.prefix", instance.prefix());
    List<TemplateResource> all = new ArrayList<>();
    for (Lab.StackSpec stack : instance.lab().stacks()) {
      Map<String, String> values = new LinkedHashMap<>();
      if (account != null) {
        values.put("AWS::AccountId", account.id());
        values.put("AWS::Region", account.region());
        values.put("AWS::Partition", account.partition());
      }
      stack.parameters().forEach((name, value) -> add(values, name, value, references));
      all.addAll(TemplateResource.in(stack.template(), values));
    }
    return all;
  }

  private static void add(
      Map<String, String> values, String name, String value, References references) {
    try {
      values.put(name, references.resolve(value));
    } catch (ManifestError e) {
      // Known only once other stacks stand: no name of the lab's own depends on it.
      values.remove(name);
    }
  }
}
