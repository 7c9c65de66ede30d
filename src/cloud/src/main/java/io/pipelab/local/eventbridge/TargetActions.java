package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The targets of rules. */
final class TargetActions {
  private static final int MOST_TARGETS = 5;
  private static final int PAGE = 100;

  private final Buses buses;
  private final RuleActions rules;

  TargetActions(Buses buses, RuleActions rules) {
    this.buses = buses;
    this.rules = rules;
  }

  void addTo(Actions actions) {
    actions
        .on(PutTargetsRequest.class, this::putTargets)
        .on(RemoveTargetsRequest.class, this::removeTargets)
        .on(ListTargetsByRuleRequest.class, this::listTargetsByRule)
        .on(ListRuleNamesByTargetRequest.class, this::listRuleNamesByTarget);
  }

  private PutTargetsResponse putTargets(PutTargetsRequest request) {
    put(rules.get(request.rule(), request.eventBusName()), request.targets());
    return PutTargetsResponse.builder().failedEntryCount(0).failedEntries(List.of()).build();
  }

  static void put(Rule rule, List<Target> targets) {
    targets.forEach(target -> check(rule, target));
    rule.put(targets, MOST_TARGETS);
  }

  private static void check(Rule rule, Target target) {
    String service = service(target);
    if (!TargetCalls.SERVICES.contains(service)) {
      throw AwsError.notImplemented("targets of rules such as " + target.arn());
    }
    if (TargetCalls.WITH_ROLE.contains(service) && target.roleArn() == null) {
      throw Refusals.invalid("RoleArn is required for target " + target.id() + ".");
    }
    boolean fifo = service.equals("sqs") && target.arn().endsWith(".fifo");
    boolean grouped =
        target.sqsParameters() != null && target.sqsParameters().messageGroupId() != null;
    if (fifo && !grouped) {
      throw Refusals.invalid(
          "Parameter(s) SqsParameters must be specified for target: " + target.id() + ".");
    }
    if (service.equals("logs") && !target.arn().contains(":log-group:")) {
      throw Refusals.invalid(
          "Parameter "
              + target.arn()
              + " is not valid. Reason: Provided Arn is not in correct"
              + " format.");
    }
    if (service.equals("ecs")) {
      TaskTargets.check(target);
    }
    if (target.arn().equals(rule.arn)) {
      throw Refusals.invalid("A rule cannot be its own target.");
    }
    refuseOthers(target, service);
    TargetInput.check(target);
  }

  private static String service(Target target) {
    try {
      return Arn.parse(target.arn()).service();
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid(
          "Parameter "
              + target.arn()
              + " is not valid. Reason: Provided Arn is not in correct"
              + " format.");
    }
  }

  private static void refuseOthers(Target target, String service) {
    Stream.of(
            target.runCommandParameters(),
            service.equals("ecs") ? null : target.ecsParameters(),
            target.batchParameters(),
            target.httpParameters(),
            target.redshiftDataParameters(),
            target.sageMakerPipelineParameters(),
            target.appSyncParameters())
        .filter(each -> each != null)
        .findFirst()
        .ifPresent(
            each -> {
              throw AwsError.notImplemented(each.getClass().getSimpleName() + " of targets");
            });
  }

  private RemoveTargetsResponse removeTargets(RemoveTargetsRequest request) {
    rules.get(request.rule(), request.eventBusName()).remove(request.ids());
    return RemoveTargetsResponse.builder().failedEntryCount(0).failedEntries(List.of()).build();
  }

  private ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
    Rule rule = rules.get(request.rule(), request.eventBusName());
    List<Target> all = rule.targets().values().stream().sorted(BY_ID).toList();
    Page<Target> page = Page.of(all, request.nextToken(), request.limit(), PAGE);
    return ListTargetsByRuleResponse.builder().targets(page.items()).nextToken(page.next()).build();
  }

  private static final Comparator<Target> BY_ID = Comparator.comparing(Target::id);

  private ListRuleNamesByTargetResponse listRuleNamesByTarget(
      ListRuleNamesByTargetRequest request) {
    List<String> names =
        buses.get(request.eventBusName()).rules().stream()
            .filter(rule -> arns(rule).contains(request.targetArn()))
            .map(rule -> rule.name)
            .toList();
    Page<String> page = Page.of(names, request.nextToken(), request.limit(), PAGE);
    return ListRuleNamesByTargetResponse.builder()
        .ruleNames(page.items())
        .nextToken(page.next())
        .build();
  }

  private static Set<String> arns(Rule rule) {
    return rule.targets().values().stream().map(Target::arn).collect(Collectors.toSet());
  }
}
