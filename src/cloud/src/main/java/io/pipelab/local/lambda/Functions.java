package io.pipelab.local.lambda;

import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All functions, by name. */
final class Functions {
  private final ConcurrentSkipListMap<String, LambdaFunction> byName =
      new ConcurrentSkipListMap<>();
  private final CloudIdentity identity;
  private volatile Runnable afterDeletion = () -> {};

  Functions(CloudIdentity identity) {
    this.identity = identity;
  }

  void add(LambdaFunction function) {
    if (byName.putIfAbsent(function.name(), function) != null) {
      throw Errors.conflict("Function already exist: " + function.name());
    }
  }

  boolean exists(String name) {
    return byName.containsKey(name);
  }

  /**
   * The function of a name, whose qualifier is not looked at.
   *
   * @throws io.pipelab.local.kernel.AwsError ResourceNotFoundException
   */
  LambdaFunction get(FunctionName name) {
    LambdaFunction function = byName.get(name.name());
    if (function == null) {
      throw Errors.notFound("Function not found: " + name.arn(identity));
    }
    return function;
  }

  void remove(LambdaFunction function) {
    byName.remove(function.name(), function);
  }

  /** Who is told when a function, a version or an alias was deleted. */
  void tell(Runnable listener) {
    afterDeletion = listener;
  }

  /** A function, a version or an alias was deleted. */
  void deleted() {
    afterDeletion.run();
  }

  /** In the order of their names. */
  List<LambdaFunction> all() {
    return List.copyOf(byName.values());
  }

  /** What is left of the account's concurrency when all reservations are taken off. */
  int unreservedConcurrency(int ofAccount, @Nullable LambdaFunction except) {
    return ofAccount
        - byName.values().stream()
            .filter(function -> function != except)
            .map(LambdaFunction::reservedConcurrency)
            .mapToInt(reserved -> reserved == null ? 0 : reserved)
            .sum();
  }
}
