package io.pipelab.local.kernel;

/**
 * Who makes a request, known from the access key of its signature, or from the service that acts by
 * itself.
 */
public sealed interface Caller {
  /** The caller's ARN, as STS GetCallerIdentity prints it. */
  String arn();

  /** The person or program outside the cloud, with any key that the cloud did not issue. */
  record Operator(String arn, String accessKeyId) implements Caller {}

  /**
   * A function's or a task's temporary credentials: {@code
   * arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}.
   */
  record RoleSession(String arn, String roleArn, String sessionName, String accessKeyId)
      implements Caller {}

  /**
   * A service that acts for one resource, as resource policies name it.
   *
   * @param service the principal, for example {@code sns.amazonaws.com}
   * @param sourceArn the resource it acts for ({@code aws:SourceArn})
   */
  record ServicePrincipal(String service, String sourceArn) implements Caller {
    @Override
    public String arn() {
      return sourceArn;
    }
  }

  /** A request without a signature. */
  record Anonymous() implements Caller {
    @Override
    public String arn() {
      return "anonymous";
    }
  }
}
