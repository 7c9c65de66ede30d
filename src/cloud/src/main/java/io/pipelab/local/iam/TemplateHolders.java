package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.ResourceRequest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Users, groups and roles as a template's {@code Users}, {@code Groups} and {@code Roles} name. */
final class TemplateHolders {
  static final List<String> PROPERTIES = List.of("Users", "Groups", "Roles");

  private final Map<String, Identities<?>> byProperty;

  TemplateHolders(Users users, Roles roles) {
    this.byProperty = Map.of("Users", users.all(), "Groups", users.groups(), "Roles", roles.all());
  }

  /** Changes all that a template names. */
  void alter(ResourceRequest request, UnaryOperator<Identity> change) {
    byProperty.forEach(
        (property, all) ->
            TemplatePolicies.texts(request, property).forEach(name -> all.alter(name, change)));
  }

  /**
   * Changes those that a template named and the next one does not, as far as they are still there.
   *
   * @param after null when there is no next one
   */
  void alterLeft(
      ResourceRequest before, @Nullable ResourceRequest after, UnaryOperator<Identity> change) {
    byProperty.forEach(
        (property, all) -> {
          List<String> kept = after == null ? List.of() : TemplatePolicies.texts(after, property);
          TemplatePolicies.texts(before, property).stream()
              .filter(name -> !kept.contains(name) && all.find(name) != null)
              .forEach(name -> all.alter(name, change));
        });
  }
}
