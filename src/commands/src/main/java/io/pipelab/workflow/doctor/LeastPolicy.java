package io.pipelab.workflow.doctor;

import io.pipelab.lab.Lab;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.References;
import io.pipelab.lab.TemplateResource;
import io.pipelab.target.Failure;
import io.pipelab.workflow.step.LabInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The least that a user of a lab must be allowed on AWS: made from the types and names in its
 * templates, and from the calls that the commands make.
 */
public final class LeastPolicy {
  /** For what a policy is: all that is done with a lab, or new code into its functions alone. */
  public enum Use {
    UP("up"),
    DEPLOY_FUNCTION("deploy-function");

    private final String word;

    Use(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * Whose account it is about.
   *
   * @param id the account's number, or {@code *} when it is not known
   * @param region likewise
   */
  public record Place(String partition, String id, String region) {}

  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String BUCKET = "AWS::S3::Bucket";
  private static final String ROLE = "AWS::IAM::Role";
  private static final List<String> STACK_LOOKS = List.of("cloudformation:ListStackResources");
  private static final List<String> STACK_CHANGES =
      List.of(
          "cloudformation:CreateStack",
          "cloudformation:CreateChangeSet",
          "cloudformation:DescribeChangeSet",
          "cloudformation:ExecuteChangeSet",
          "cloudformation:DeleteChangeSet",
          "cloudformation:DeleteStack",
          "cloudformation:ContinueUpdateRollback",
          "cloudformation:DescribeStackEvents",
          "cloudformation:GetTemplate",
          "cloudformation:TagResource");

  private final LabInstance instance;
  private final Place place;
  private final TypePermissions types = TypePermissions.read();
  private final Permissions permissions = new Permissions();

  private LeastPolicy(LabInstance instance, Place place) {
    this.instance = instance;
    this.place = place;
  }

  /**
   * The policy documents for a copy of a lab, as many as it takes for each to be a managed policy.
   *
   * @throws Failure of kind USAGE when its templates have a type whose permissions are not known
   */
  public static List<Map<String, Object>> documents(
      LabInstance instance, Map<String, String> parameters, Place place, Use use) {
    LeastPolicy policy = new LeastPolicy(instance, place);
    List<TemplateResource> foundation = policy.resources(0, 1, parameters);
    List<TemplateResource> all = policy.resources(0, instance.lab().stacks().size(), parameters);
    switch (use) {
      case UP -> policy.up(all);
      case DEPLOY_FUNCTION -> policy.deployFunction(foundation, all);
    }
    return policy.permissions.documents();
  }

  private void up(List<TemplateResource> resources) {
    stacks(STACK_LOOKS);
    stacks(STACK_CHANGES);
    // What is left after 'down' is looked for in stacks that are deleted, too.
    permissions.allow(List.of("*"), List.of("cloudformation:ListStacks"));
    for (TemplateResource resource : resources) {
      for (TypePermissions.Grant grant : grants(resource.type())) {
        permissions.allow(arns(grant, resource, resources), grant.actions());
      }
    }
    Map<String, Set<String>> roles = new HashMap<>();
    for (TemplateResource resource : resources) {
      if (resource.type().equals(ROLE)) {
        roles
            .computeIfAbsent(String.join(",", resource.trusted()), none -> new TreeSet<>())
            .addAll(arns(grants(ROLE).get(0), resource, resources));
      }
    }
    roles.forEach((services, arns) -> permissions.allowToPass(arns, List.of(services.split(","))));
  }

  private void deployFunction(List<TemplateResource> foundation, List<TemplateResource> all) {
    stacks(STACK_LOOKS);
    for (TemplateResource resource : all) {
      if (resource.type().equals(FUNCTION)) {
        permissions.allow(
            arns(grants(FUNCTION).get(0), resource, all),
            List.of(
                "lambda:UpdateFunctionCode",
                "lambda:GetFunctionConfiguration",
                "lambda:PublishVersion"));
      }
    }
    for (TemplateResource resource : foundation) {
      if (resource.type().equals(BUCKET)) {
        String bucket = arns(grants(BUCKET).get(0), resource, all).get(0);
        // Without it a missing object is refused, and not told to be missing.
        permissions.allow(List.of(bucket), List.of("s3:ListBucket"));
        permissions.allow(
            List.of(bucket + "/functions/*"), List.of("s3:GetObject", "s3:PutObject"));
      }
    }
  }

  /** Of this copy's stacks; which copies are up is asked of all stacks. */
  private void stacks(List<String> actions) {
    permissions.allow(
        List.of(
            "arn:%s:cloudformation:%s:%s:stack/pipelab-%s%s-*/*"
                .formatted(
                    place.partition(),
                    place.region(),
                    place.id(),
                    instance.prefix(),
                    instance.lab().id())),
        actions);
    permissions.allow(List.of("*"), List.of("cloudformation:DescribeStacks"));
  }

  private List<TypePermissions.Grant> grants(String type) {
    List<TypePermissions.Grant> grants = types.byType().get(type);
    if (grants == null) {
      throw Failure.usage(
          "the permissions for " + type + " are not known",
          "add them to " + TypePermissions.FILE + " of pipelab");
    }
    return grants;
  }

  private List<String> arns(
      TypePermissions.Grant grant, TemplateResource resource, List<TemplateResource> all) {
    if (!grant.of().isEmpty()) {
      TypePermissions.Grant owner = grants(grant.of()).get(0);
      return all.stream()
          .filter(each -> each.type().equals(grant.of()))
          .flatMap(each -> arns(owner, each, all).stream())
          .toList();
    }
    return grant.arns().stream().map(arn -> resolved(arn, resource)).toList();
  }

  private String resolved(String arn, TemplateResource resource) {
    return arn.replace("${partition}", place.partition())
        .replace("${region}", place.region())
        .replace("${account}", place.id())
        .replace("${name}", resource.name().orElse("*"))
        .replaceAll("\\*{2,}", "*");
  }

  private List<TemplateResource> resources(int from, int to, Map<String, String> parameters) {
    References references =
        References.of(instance.lab())
            .withParameters(parameters)
            .with("instance.prefix", instance.prefix());
    List<TemplateResource> all = new ArrayList<>();
    for (Lab.StackSpec stack : instance.lab().stacks().subList(from, to)) {
      Map<String, String> values = new HashMap<>();
      values.put("AWS::AccountId", place.id());
      values.put("AWS::Region", place.region());
      values.put("AWS::Partition", place.partition());
      stack
          .parameters()
          .forEach(
              (name, value) -> {
                try {
                  values.put(name, references.resolve(value));
                } catch (ManifestError e) {
                  values.remove(name); // known only once other stacks stand
                }
              });
      all.addAll(TemplateResource.in(stack.template(), values, "*"));
    }
    return all;
  }
}
