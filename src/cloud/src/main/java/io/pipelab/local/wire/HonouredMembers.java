package io.pipelab.local.wire;

import io.pipelab.local.declared.ActionDeclaration;
import io.pipelab.local.declared.Declarations;
import io.pipelab.local.declared.IamUses;
import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Refuses requests of a service that set a member which their action does not honour: nothing
 * passes in silence. What each action honours is declared beside the service.
 */
public final class HonouredMembers {
  /** Shape names end so. */
  private static final String REQUEST = "Request";

  /** Services whose package here is named otherwise than the SDK's. */
  private static final Map<String, String> PACKAGES = Map.of("cloudwatchlogs", "logs");

  private static final Map<String, HonouredMembers> BY_MODEL = new ConcurrentHashMap<>();

  private final String service;
  private final Supplier<Optional<Declarations>> reading;
  private final Map<Class<?>, MemberCheck> checks = new ConcurrentHashMap<>();
  private final Map<Class<?>, Optional<IamUses>> iam = new ConcurrentHashMap<>();
  private @Nullable Optional<Declarations> declarations;

  /**
   * As declared beside a service's class, which is read at the first request; where there is no
   * declaration (a service of a test), everything is honoured.
   *
   * @param service the name that IAM's actions begin with
   */
  public HonouredMembers(String service, Class<?> beside) {
    this(service, () -> Declarations.beside(beside));
  }

  private HonouredMembers(String service, Supplier<Optional<Declarations>> reading) {
    this.service = service;
    this.reading = reading;
  }

  /**
   * Those of the service that a model belongs to, for requests that are made within the cloud: from
   * a resource of a template.
   */
  static HonouredMembers of(SdkPojo request) {
    // software.amazon.awssdk.services.ecs.model
    String model = request.getClass().getPackageName().split("\\.")[4];
    String service = PACKAGES.getOrDefault(model, model);
    return BY_MODEL.computeIfAbsent(
        model, key -> new HonouredMembers(service, () -> Declarations.named(service)));
  }

  /**
   * Lets a request pass that sets nothing but what its action honours.
   *
   * @throws AwsError NotImplemented that names action and member
   */
  public void require(SdkPojo request) {
    MemberCheck known = checks.get(request.getClass());
    if (known == null) {
      known = check(request);
      checks.put(request.getClass(), known);
    }
    known.require(request);
  }

  /** What IAM is asked about a request; nothing where there is no declaration. */
  Optional<IamUses> iam(SdkPojo request) {
    Optional<IamUses> known = iam.get(request.getClass());
    if (known == null) {
      known = declaration(request).flatMap(ActionDeclaration::iam);
      iam.put(request.getClass(), known);
    }
    return known;
  }

  private MemberCheck check(SdkPojo request) {
    return declaration(request)
        .map(each -> MemberCheck.of(request, each.members(), service + ":" + each.name()))
        .orElse(MemberCheck.NONE);
  }

  private Optional<ActionDeclaration> declaration(SdkPojo request) {
    String shape = request.getClass().getSimpleName();
    String action = shape.substring(0, shape.length() - REQUEST.length());
    return declarations().map(each -> block(each, action));
  }

  private ActionDeclaration block(Declarations service, String action) {
    return service
        .of(action)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    this.service + ":" + action + " has no block in " + Declarations.FILE));
  }

  private synchronized Optional<Declarations> declarations() {
    if (declarations == null) {
      declarations = reading.get();
    }
    return declarations;
  }
}
