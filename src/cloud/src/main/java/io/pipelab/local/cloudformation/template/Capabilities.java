package io.pipelab.local.cloudformation.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a template's creator must acknowledge: that it makes IAM resources. */
public final class Capabilities {
  private static final String IAM = "CAPABILITY_IAM";
  private static final String NAMED_IAM = "CAPABILITY_NAMED_IAM";

  /** IAM types that need it, with the property that gives them a name of their own. */
  private static final Map<String, String> NAME_PROPERTIES =
      Map.ofEntries(
          Map.entry("AWS::IAM::AccessKey", ""),
          Map.entry("AWS::IAM::Group", "GroupName"),
          Map.entry("AWS::IAM::GroupPolicy", ""),
          Map.entry("AWS::IAM::InstanceProfile", "InstanceProfileName"),
          Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
          Map.entry("AWS::IAM::Policy", ""),
          Map.entry("AWS::IAM::Role", "RoleName"),
          Map.entry("AWS::IAM::RolePolicy", ""),
          Map.entry("AWS::IAM::User", "UserName"),
          Map.entry("AWS::IAM::UserPolicy", ""),
          Map.entry("AWS::IAM::UserToGroupAddition", ""));

  private Capabilities() {}

  /** The capability that the template requires. */
  public static Optional<String> required(Template template) {
    Optional<String> required = Optional.empty();
    for (ResourceDeclaration resource : template.resources().values()) {
      String nameProperty = NAME_PROPERTIES.get(resource.type());
      if (nameProperty != null && resource.properties().has(nameProperty)) {
        return Optional.of(NAMED_IAM);
      } else if (nameProperty != null) {
        required = Optional.of(IAM);
      }
    }
    return required;
  }

  /** Why it requires it, as GetTemplateSummary says. */
  public static String reason(Template template) {
    Set<String> types = new TreeSet<>();
    template.resources().values().forEach(each -> types.add(each.type()));
    types.retainAll(NAME_PROPERTIES.keySet());
    return "The following resource(s) require capabilities: " + types;
  }

  /** Whether what was given covers what is required; the named capability covers both. */
  public static boolean covered(Template template, List<String> given) {
    return required(template)
        .map(required -> given.contains(required) || given.contains(NAMED_IAM))
        .orElse(true);
  }
}
