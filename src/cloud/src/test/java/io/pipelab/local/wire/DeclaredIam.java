package io.pipelab.local.wire;

import io.pipelab.local.declared.IamQuestion;
import io.pipelab.local.declared.IamUse;
import io.pipelab.local.declared.IamUses;
import io.pipelab.local.declared.RequestMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Compares what an action declares for IAM with the model and with AWS's reference. */
final class DeclaredIam {
  private static final Map<String, String> NAMES =
      Map.of(
          "Region",
          "us-east-1",
          "Account",
          "000000000000",
          "Caller",
          "arn:aws:iam::000000000000:user/u");

  private static final ServiceAuthorization REFERENCE = ServiceAuthorization.read();

  /** Has every member, with a name that could be that of an EC2 resource. */
  private record Everything() implements RequestMembers {
    @Override
    public List<String> values(String path) {
      return List.of(path.equals("Path") ? "/" : "i-1");
    }

    @Override
    public List<String> keys(String path) {
      return List.of("k");
    }

    @Override
    public boolean has(String path) {
      return true;
    }
  }

  private DeclaredIam() {}

  static List<String> mistakes(String action, SdkPojo request, IamUses iam) {
    List<String> mistakes = new ArrayList<>();
    Set<String> paths = new TreeSet<>(iam.tags());
    paths.addAll(iam.tagKeys());
    iam.keys().values().forEach(each -> paths.addAll(each.paths(NAMES)));
    for (IamUse use : iam.needed()) {
      paths.addAll(use.paths(NAMES));
      IamUses alone =
          new IamUses(
              List.of(new IamUse(use.action(), use.resources(), use.keys(), use.when(), null)),
              Map.of(),
              List.of(),
              List.of());
      alone.questions(new Everything(), NAMES).forEach(each -> ask(action, each, mistakes));
    }
    paths.stream()
        .filter(path -> !exists(request, List.of(path.split("\\."))))
        .forEach(path -> mistakes.add(action + ": the model has no " + path));
    return mistakes;
  }

  private static void ask(String action, IamQuestion question, List<String> mistakes) {
    if (!REFERENCE.has(question.action())) {
      mistakes.add(action + ": IAM has no action " + question.action());
    } else if (question.resource().startsWith("arn:")
        && !REFERENCE.admits(question.action(), question.resource())) {
      mistakes.add(
          action + ": " + question.action() + " is not for resources like " + question.resource());
    }
  }

  private static boolean exists(SdkPojo structure, List<String> path) {
    for (SdkField<?> field : structure.sdkFields()) {
      if (field.memberName().equals(path.get(0))) {
        return path.size() == 1
            || exists(MemberCheck.structureOf(field, path.get(0)), path.subList(1, path.size()));
      }
    }
    return false;
  }
}
