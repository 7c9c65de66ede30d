package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses {@code {{resolve:ssm-secure:...}}} where CloudFormation does (guide, "Get a secure string
 * value from Systems Manager Parameter Store": its list of properties).
 */
public final class SecureReferences {
  private static final String START = "{{resolve:ssm-secure:";

  private static final Set<String> SUPPORTED =
      Set.of(
          "AWS::DirectoryService::MicrosoftAD/Properties/Password",
          "AWS::DirectoryService::SimpleAD/Properties/Password",
          "AWS::ElastiCache::ReplicationGroup/Properties/AuthToken",
          "AWS::IAM::User/Properties/LoginProfile/Password",
          "AWS::RDS::DBCluster/Properties/MasterUserPassword",
          "AWS::RDS::DBInstance/Properties/MasterUserPassword",
          "AWS::Redshift::Cluster/Properties/MasterUserPassword");

  private final List<String> refused = new ArrayList<>();

  private SecureReferences() {}

  /**
   * Looks through a template's resources.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError that names every such place
   */
  static void require(Template template) {
    SecureReferences found = new SecureReferences();
    template
        .resources()
        .values()
        .forEach(each -> found.look(each.properties(), each.type() + "/Properties"));
    if (!found.refused.isEmpty()) {
      throw Invalid.request(
          "SSM Secure reference is not supported in: [" + String.join(",", found.refused) + "]");
    }
  }

  private void look(JsonNode node, String path) {
    if (node.isTextual() && node.textValue().contains(START) && !SUPPORTED.contains(path)) {
      refused.add(path);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      look(member.getValue(), name.startsWith("Fn::") ? path : path + "/" + name);
    }
    if (node.isArray()) {
      node.forEach(each -> look(each, path));
    }
  }
}
