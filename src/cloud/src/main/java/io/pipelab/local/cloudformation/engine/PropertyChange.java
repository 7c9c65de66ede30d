package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.template.Plan;
import io.pipelab.local.cloudformation.template.Unknown;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ChangeSource;
import software.amazon.awssdk.services.cloudformation.model.EvaluationType;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;

/**
 * Details of one resource's change, as DescribeChangeSet lists them.
 *
 * @param unknown logical ids of the resources that will be new
 */
record PropertyChange(Plan plan, ResourceType type, Set<String> unknown) {

  /**
   * Why a property changes and what follows from it.
   *
   * @param rawBefore the property as the old template has it, or null
   * @param raw the property as the new template has it, or null
   * @param resolved its value, or null
   */
  ResourceChangeDetail detail(
      String property,
      @Nullable JsonNode rawBefore,
      @Nullable JsonNode raw,
      @Nullable JsonNode resolved) {
    boolean dynamic = resolved != null && resolved.toString().contains(Unknown.TEXT);
    RequiresRecreation recreation =
        !type.schema().createOnly().contains(property)
            ? RequiresRecreation.NEVER
            : dynamic ? RequiresRecreation.CONDITIONALLY : RequiresRecreation.ALWAYS;
    ResourceChangeDetail.Builder detail =
        ResourceChangeDetail.builder()
            .target(
                ResourceTargetDefinition.builder()
                    .attribute(ResourceAttribute.PROPERTIES)
                    .name(property)
                    .requiresRecreation(recreation)
                    .build())
            .evaluation(dynamic ? EvaluationType.DYNAMIC : EvaluationType.STATIC)
            .changeSource(ChangeSource.DIRECT_MODIFICATION);
    if (raw != null && (dynamic || Objects.equals(rawBefore, raw))) {
      plan.references(raw).forEach(reference -> cause(reference, dynamic, detail));
    }
    return detail.build();
  }

  private void cause(String reference, boolean dynamic, ResourceChangeDetail.Builder detail) {
    int dot = reference.indexOf('.');
    if (dynamic && dot > 0 && unknown.contains(reference.substring(0, dot))) {
      detail.changeSource(ChangeSource.RESOURCE_ATTRIBUTE).causingEntity(reference);
    } else if (dynamic && unknown.contains(reference)) {
      detail.changeSource(ChangeSource.RESOURCE_REFERENCE).causingEntity(reference);
    } else if (!dynamic && plan.parameters().containsKey(reference)) {
      detail.changeSource(ChangeSource.PARAMETER_REFERENCE).causingEntity(reference);
    }
  }

  /** A change of something that is not a property, and never needs a new resource. */
  static ResourceChangeDetail attribute(ResourceAttribute attribute) {
    return ResourceChangeDetail.builder()
        .target(
            ResourceTargetDefinition.builder()
                .attribute(attribute)
                .requiresRecreation(RequiresRecreation.NEVER)
                .build())
        .evaluation(EvaluationType.STATIC)
        .changeSource(ChangeSource.DIRECT_MODIFICATION)
        .build();
  }

  /** Whether these changes together need a new resource. */
  static Replacement replacement(List<ResourceChangeDetail> details) {
    boolean conditional = false;
    for (ResourceChangeDetail detail : details) {
      RequiresRecreation recreation = detail.target().requiresRecreation();
      if (recreation == RequiresRecreation.ALWAYS) {
        return Replacement.TRUE;
      }
      conditional |= recreation == RequiresRecreation.CONDITIONALLY;
    }
    return conditional ? Replacement.CONDITIONAL : Replacement.FALSE;
  }

  static boolean isReplaced(Replacement replacement) {
    return replacement != Replacement.FALSE;
  }
}
