package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.engine.Engine;
import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.template.Capabilities;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.ParameterDeclaration;
import io.pipelab.local.cloudformation.template.ResourceDeclaration;
import io.pipelab.local.cloudformation.template.Template;
import io.pipelab.local.kernel.Actions;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.GetStackPolicyRequest;
import software.amazon.awssdk.services.cloudformation.model.GetStackPolicyResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.ParameterConstraints;
import software.amazon.awssdk.services.cloudformation.model.TemplateParameter;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateResponse;

/** The actions about templates. */
final class TemplateActions {
  private final Engine engine;
  private final Deployments deployments;
  private final ChangeSets changeSets;

  TemplateActions(Engine engine, Deployments deployments, ChangeSets changeSets) {
    this.engine = engine;
    this.deployments = deployments;
    this.changeSets = changeSets;
  }

  void addTo(Actions actions) {
    actions
        .on(GetTemplateRequest.class, this::getTemplate)
        .on(GetTemplateSummaryRequest.class, this::getTemplateSummary)
        .on(ValidateTemplateRequest.class, this::validateTemplate)
        .on(GetStackPolicyRequest.class, this::getStackPolicy);
  }

  GetTemplateResponse getTemplate(GetTemplateRequest request) {
    return GetTemplateResponse.builder()
        .templateBody(body(request))
        .stagesAvailable(TemplateStage.ORIGINAL, TemplateStage.PROCESSED)
        .build();
  }

  /** Empty for a stack in review, as CDK counts on: it has a change set, and no template yet. */
  private String body(GetTemplateRequest request) {
    if (request.changeSetName() != null) {
      return changeSets
          .get(request.changeSetName(), request.stackName())
          .deployment()
          .plan()
          .template()
          .body();
    }
    LiveStack stack = engine.stacks().get(StackActions.required(request.stackName()));
    return stack.deployment() == null ? "" : deployed(request.stackName()).body();
  }

  private Template deployed(String stackName) {
    LiveStack stack = engine.stacks().get(stackName);
    Deployment deployment = stack.deployment();
    if (deployment == null) {
      throw Invalid.request("Stack with id " + stackName + " has no template yet");
    }
    return deployment.plan().template();
  }

  GetTemplateSummaryResponse getTemplateSummary(GetTemplateSummaryRequest request) {
    Template template =
        request.stackName() == null
            ? deployments.template(request.templateBody(), request.templateURL())
            : deployed(request.stackName());
    return GetTemplateSummaryResponse.builder()
        .parameters(
            template.parameters().values().stream().map(TemplateActions::parameter).toList())
        .description(template.description())
        .version(template.version())
        .metadata(template.metadata() == null ? null : template.metadata().toString())
        .resourceTypes(
            template.resources().values().stream()
                .map(ResourceDeclaration::type)
                .distinct()
                .toList())
        .capabilitiesWithStrings(Capabilities.required(template).stream().toList())
        .capabilitiesReason(
            Capabilities.required(template).isPresent() ? Capabilities.reason(template) : null)
        .declaredTransforms(List.of())
        .build();
  }

  private static software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration
      parameter(ParameterDeclaration parameter) {
    return software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration.builder()
        .parameterKey(parameter.name())
        .parameterType(parameter.type())
        .defaultValue(parameter.defaultValue())
        .noEcho(parameter.noEcho())
        .description(parameter.description())
        .parameterConstraints(
            ParameterConstraints.builder()
                .allowedValues(
                    parameter.allowedValues().isEmpty() ? null : parameter.allowedValues())
                .build())
        .build();
  }

  ValidateTemplateResponse validateTemplate(ValidateTemplateRequest request) {
    Template template = deployments.template(request.templateBody(), request.templateURL());
    return ValidateTemplateResponse.builder()
        .description(template.description())
        .parameters(
            template.parameters().values().stream()
                .map(
                    each ->
                        TemplateParameter.builder()
                            .parameterKey(each.name())
                            .defaultValue(each.defaultValue())
                            .noEcho(each.noEcho())
                            .description(each.description())
                            .build())
                .toList())
        .capabilitiesWithStrings(Capabilities.required(template).stream().toList())
        .capabilitiesReason(
            Capabilities.required(template).isPresent() ? Capabilities.reason(template) : null)
        .declaredTransforms(List.of())
        .build();
  }

  /** No stack has a policy: SetStackPolicy is refused by name. */
  GetStackPolicyResponse getStackPolicy(GetStackPolicyRequest request) {
    engine.stacks().live(StackActions.required(request.stackName()));
    return GetStackPolicyResponse.builder().build();
  }
}
