package io.pipelab.local.kernel;

/**
 * Who makes a request, known from the access key of its signature, or from the service that acts by
 * itself.
 */
public sealed interface Caller {
  /** The caller's ARN, as STS GetCallerIdentity prints it. */
  String arn();

  /**
   * The account's root user: the person or program outside the cloud, with any key that the cloud
   * did not issue.
   */
  record Operator(String arn, String accessKeyId) implements Caller {}

  /**
   * An IAM user, with an access key of his or with temporary keys of GetSessionToken.
   *
   * @param userId the unique id, {@code AIDA...}
   */
  record User(String arn, String userId, String userName, String accessKeyId) implements Caller {}

  /**
   * Whom a user or the root lets in for a while: {@code arn:aws:sts::ACCOUNT:federated-user/NAME}.
   *
   * @param issuer who called GetFederationToken, by whose policies he is bound
   */
  record FederatedUser(String arn, String name, Caller issuer, String accessKeyId)
      implements Caller {}

  /**
   * A function's or a task's temporary credentials: {@code
   * arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}.
   */
  record RoleSession(String arn, String roleArn, String sessionName, String accessKeyId)
      implements Caller {
    /** A service that acts with a role by itself, without keys. */
    public static RoleSession of(CloudIdentity cloud, String roleArn, String sessionName) {
      String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
      String arn = cloud.globalArn("sts", "assumed-role/" + role + "/" + sessionName);
      return new RoleSession(arn, roleArn, sessionName, "");
    }
  }

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
