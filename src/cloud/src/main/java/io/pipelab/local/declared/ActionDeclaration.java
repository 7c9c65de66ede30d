package io.pipelab.local.declared;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is stated of one action.
 *
 * @param name the action's name as AWS spells it
 * @param members the members of its request that may be set; all others are not implemented
 * @param iam what IAM is asked; empty when the declaration does not say
 */
public record ActionDeclaration(String name, Map<String, Member> members, Optional<IamUses> iam) {
  public ActionDeclaration {
    members = new TreeMap<>(members);
  }
}
