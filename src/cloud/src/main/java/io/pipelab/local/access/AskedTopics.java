package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AccessControl.Refusal;
import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.TopicPublisher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The topics for services that publish with a function's role. */
public final class AskedTopics implements TopicPublisher {
  private final TopicPublisher topics;
  private final AccessControl access;

  public AskedTopics(TopicPublisher topics, AccessControl access) {
    this.topics = topics;
    this.access = access;
  }

  @Override
  public String publish(String topicArn, @Nullable String subject, String message, Caller caller) {
    if (!(caller instanceof Caller.ServicePrincipal)) {
      Optional<Refusal> refusal = access.refusal(new Use(caller, "sns:Publish", topicArn), "");
      if (refusal.isPresent()) {
        throw AwsError.accessDenied("AuthorizationError", refusal.get().message());
      }
    }
    return topics.publish(topicArn, subject, message, caller);
  }
}
