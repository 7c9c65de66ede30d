package io.pipelab.local.eventbridge;

import io.pipelab.local.eventbridge.schedule.Schedule;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;

/** Rules made, changed, shown, switched and deleted. */
final class RuleActions {
  private static final int MOST_RULES = 300;
  private static final int PAGE = 100;

  private final Buses buses;
  private final Timers timers;
  private final CloudClock clock;

  RuleActions(Buses buses, Timers timers, CloudClock clock) {
    this.buses = buses;
    this.timers = timers;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(PutRuleRequest.class, this::putRule)
        .on(DescribeRuleRequest.class, this::describeRule)
        .on(ListRulesRequest.class, this::listRules)
        .on(EnableRuleRequest.class, this::enableRule)
        .on(DisableRuleRequest.class, this::disableRule)
        .on(DeleteRuleRequest.class, this::deleteRule);
  }

  private PutRuleResponse putRule(PutRuleRequest request) {
    Map<String, String> tags =
        TagList.read(request.tags(), Tag::key, Tag::value, "ValidationException");
    return PutRuleResponse.builder().ruleArn(put(request, tags).arn).build();
  }

  /** Makes a rule or changes the one of that name; what a change does not say is gone. */
  Rule put(PutRuleRequest request, Map<String, String> tags) {
    Bus bus = buses.get(request.eventBusName());
    Rule.Settings settings = settings(request, bus, clock.now());
    Rule rule = bus.rule(request.name());
    if (rule == null) {
      if (bus.rules().size() >= MOST_RULES) {
        throw Refusals.overLimit();
      }
      String path = bus.name.equals(Bus.DEFAULT) ? "" : bus.name + "/";
      rule =
          new Rule(
              request.name(),
              buses.identity.arn("events", "rule/" + path + request.name()),
              bus.name,
              settings);
      rule.tags.putAll(tags);
    } else {
      rule.change(settings);
    }
    bus.put(rule);
    timers.set(rule);
    return rule;
  }

  private static Rule.Settings settings(PutRuleRequest request, Bus bus, Instant now) {
    String pattern = request.eventPattern();
    String expression = request.scheduleExpression();
    if (pattern == null && expression == null) {
      throw Refusals.invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    if (expression != null && !bus.name.equals(Bus.DEFAULT)) {
      throw Refusals.invalid("ScheduleExpression is supported only on the default event bus.");
    }
    if (pattern != null) {
      EventPatterns.check(pattern);
    }
    return new Rule.Settings(
        pattern,
        expression,
        expression == null ? null : schedule(expression),
        request.state() != RuleState.DISABLED,
        request.description(),
        request.roleArn(),
        now);
  }

  private static Schedule schedule(String expression) {
    try {
      return Schedule.parse(expression);
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid("Parameter ScheduleExpression is not valid.");
    }
  }

  /**
   * The rule of a request.
   *
   * @throws io.pipelab.local.kernel.AwsError ResourceNotFoundException
   */
  Rule get(String name, @Nullable String busName) {
    Bus bus = buses.get(busName);
    Rule rule = bus.rule(name);
    if (rule == null) {
      throw Refusals.noRule(name, bus.name);
    }
    return rule;
  }

  private DescribeRuleResponse describeRule(DescribeRuleRequest request) {
    Rule rule = get(request.name(), request.eventBusName());
    Rule.Settings settings = rule.settings();
    return DescribeRuleResponse.builder()
        .name(rule.name)
        .arn(rule.arn)
        .eventPattern(settings.pattern())
        .scheduleExpression(settings.expression())
        .state(state(settings))
        .description(settings.description())
        .roleArn(settings.roleArn())
        .eventBusName(rule.bus)
        .createdBy(buses.identity.account())
        .build();
  }

  private static RuleState state(Rule.Settings settings) {
    return settings.enabled() ? RuleState.ENABLED : RuleState.DISABLED;
  }

  private ListRulesResponse listRules(ListRulesRequest request) {
    String prefix = Objects.requireNonNullElse(request.namePrefix(), "");
    List<Rule> rules =
        buses.get(request.eventBusName()).rules().stream()
            .filter(rule -> rule.name.startsWith(prefix))
            .toList();
    Page<Rule> page = Page.of(rules, request.nextToken(), request.limit(), PAGE);
    return ListRulesResponse.builder()
        .rules(page.items().stream().map(RuleActions::model).toList())
        .nextToken(page.next())
        .build();
  }

  private static software.amazon.awssdk.services.eventbridge.model.Rule model(Rule rule) {
    Rule.Settings settings = rule.settings();
    return software.amazon.awssdk.services.eventbridge.model.Rule.builder()
        .name(rule.name)
        .arn(rule.arn)
        .eventPattern(settings.pattern())
        .scheduleExpression(settings.expression())
        .state(state(settings))
        .description(settings.description())
        .roleArn(settings.roleArn())
        .eventBusName(rule.bus)
        .build();
  }

  private EnableRuleResponse enableRule(EnableRuleRequest request) {
    switchTo(get(request.name(), request.eventBusName()), true);
    return EnableRuleResponse.builder().build();
  }

  private DisableRuleResponse disableRule(DisableRuleRequest request) {
    switchTo(get(request.name(), request.eventBusName()), false);
    return DisableRuleResponse.builder().build();
  }

  private void switchTo(Rule rule, boolean enabled) {
    rule.change(rule.settings().enabled(enabled));
    buses.get(rule.bus).put(rule);
    timers.set(rule);
  }

  /** A rule that there is not is deleted. */
  private DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
    buses.find(request.eventBusName()).map(bus -> bus.rule(request.name())).ifPresent(this::delete);
    return DeleteRuleResponse.builder().build();
  }

  void delete(Rule rule) {
    if (!rule.targets().isEmpty()) {
      throw Refusals.invalid("Rule can't be deleted since it has targets.");
    }
    timers.cancel(rule);
    buses.get(rule.bus).remove(rule);
  }
}
