package io.pipelab.local.wire;

import io.pipelab.local.declared.ActionDeclaration;
import io.pipelab.local.declared.Declarations;
import io.pipelab.local.declared.Member;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.AwsService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Compares a service's declarations with its actions and with the SDK's models. */
public final class DeclaredActions {
  /** Actions whose bytes stream past the table of actions. */
  private static final Set<Class<? extends SdkPojo>> STREAMS =
      Set.of(
          PutObjectRequest.class,
          GetObjectRequest.class,
          HeadObjectRequest.class,
          UploadPartRequest.class);

  /** What is wrong, and how many members were looked at. */
  public record Findings(List<String> mistakes, int members) {}

  private final AwsService service;
  private final Declarations declarations;
  private final List<String> mistakes = new ArrayList<>();
  private int members;

  private DeclaredActions(AwsService service, Declarations declarations) {
    this.service = service;
    this.declarations = declarations;
  }

  /** Looks at all actions of a service and at each member of their requests. */
  public static Findings of(AwsService service) {
    Declarations declared = Declarations.beside(service.getClass()).orElse(Declarations.parse(""));
    DeclaredActions look = new DeclaredActions(service, declared);
    Map<String, Operation> operations = look.operations();
    operations.values().forEach(look::action);
    List<String> names = declared.all().stream().map(ActionDeclaration::name).toList();
    if (!names.equals(names.stream().sorted().toList())) {
      look.mistakes.add(service.signingName() + ": the blocks are not sorted by name");
    }
    names.stream()
        .filter(name -> !operations.containsKey(name))
        .forEach(name -> look.mistakes.add(service.signingName() + " has no action " + name));
    return new Findings(look.mistakes, look.members);
  }

  private Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    List<Class<? extends SdkPojo>> types = new ArrayList<>(service.actions().byRequest().keySet());
    if (service.signingName().equals("s3")) {
      types.addAll(STREAMS);
    }
    for (Class<? extends SdkPojo> type : types) {
      Operation operation = Operation.of(type, (request, caller) -> request);
      operations.put(operation.name(), operation);
    }
    return operations;
  }

  private void action(Operation operation) {
    ActionDeclaration declared = declarations.of(operation.name()).orElse(null);
    if (declared == null) {
      String file = service.getClass().getPackageName().replace('.', '/') + "/" + Declarations.FILE;
      mistakes.add(
          """
          no block in src/cloud/src/main/resources/%s; leave the members that are not honoured out, \
          and say what IAM asks:

          %s
            honours %s
            iam %s:%s arn:aws:...
          """
              .formatted(
                  file,
                  operation.name(),
                  names(operation.newBuilder()),
                  service.signingName(),
                  operation.name()));
      return;
    }
    String action = service.signingName() + ":" + operation.name();
    if (!declared.name().equals(operation.name())) {
      mistakes.add(action + " is declared as " + declared.name());
    }
    known(action + " ", operation.newBuilder(), declared.members());
    if (!ModelConstraints.knows(service.signingName(), operation.name())) {
      mistakes.add("constraints.txt lacks " + action + "; constraints.py writes it");
    }
    each(action, operation, declared);
    declared
        .iam()
        .ifPresentOrElse(
            iam -> mistakes.addAll(DeclaredIam.mistakes(action, operation.newBuilder(), iam)),
            () -> mistakes.add(action + " has no line 'iam service:Action RESOURCE ...'"));
  }

  private static String names(SdkPojo builder) {
    return String.join(" ", builder.sdkFields().stream().map(SdkField::memberName).toList());
  }

  /** Every member that is declared is one of the model's. */
  private void known(String path, SdkPojo structure, Map<String, Member> declared) {
    Map<String, SdkField<?>> fields = new HashMap<>();
    structure.sdkFields().forEach(field -> fields.put(field.memberName(), field));
    declared.forEach(
        (name, member) -> {
          SdkField<?> field = fields.get(name);
          if (field == null) {
            mistakes.add("the model has no " + path + name);
          } else if (!member.below().isEmpty()) {
            known(path + name + ".", MemberCheck.structureOf(field, name), member.below());
          }
        });
  }

  /** A request that sets one member alone is refused, or let through, as it is declared. */
  private void each(String action, Operation operation, ActionDeclaration declared) {
    HonouredMembers honoured = new HonouredMembers(service.signingName(), service.getClass());
    for (SdkField<?> field : operation.newBuilder().sdkFields()) {
      Member member = declared.members().get(field.memberName());
      if (field.marshallingType() == MarshallingType.DOCUMENT
          || (member != null && !member.below().isEmpty())) {
        continue;
      }
      SdkPojo builder = operation.newBuilder();
      field.set(builder, Samples.value(field));
      boolean refused = refused(honoured, (SdkPojo) ((Buildable) builder).build(), field);
      boolean passes = member != null && member.use() != Member.Use.DEFAULT;
      if (refused == passes) {
        mistakes.add(
            action + " " + field.memberName() + (refused ? " is" : " is not") + " refused");
      }
      members++;
    }
  }

  private static boolean refused(HonouredMembers honoured, SdkPojo request, SdkField<?> field) {
    try {
      honoured.require(request);
      return false;
    } catch (AwsError e) {
      return e.code().equals("NotImplemented") && e.getMessage().contains(" " + field.memberName());
    }
  }
}
