package io.pipelab.local.declared;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is stated of one action.
 *
 * @param name the action's name as AWS spells it
 * @param members the members of its request that may be set; all others are not implemented
 */
public record ActionDeclaration(String name, Map<String, Member> members) {
  public ActionDeclaration {
    members = new TreeMap<>(members);
  }
}
