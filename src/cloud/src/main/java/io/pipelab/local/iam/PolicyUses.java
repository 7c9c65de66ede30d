package io.pipelab.local.iam;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who has a managed policy, as its own or as his boundary. */
final class PolicyUses {
  private final Users users;
  private final Roles roles;

  PolicyUses(Users users, Roles roles) {
    this.users = users;
    this.roles = roles;
  }

  List<Identity> users(Predicate<Identity> which) {
    return users.all().list("/").stream().map(User::identity).filter(which).toList();
  }

  List<Identity> groups(Predicate<Identity> which) {
    return users.groups().list("/").stream().map(Group::identity).filter(which).toList();
  }

  List<Identity> roles(Predicate<Identity> which) {
    return roles.list("/").stream().map(Role::identity).filter(which).toList();
  }

  /** How many have it attached. */
  int attachments(String policyArn) {
    return count(each -> each.attached().contains(policyArn));
  }

  /** How many have it as their boundary. */
  int boundaries(String policyArn) {
    return count(each -> policyArn.equals(each.boundary()));
  }

  private int count(Predicate<Identity> which) {
    return (int) Stream.of(users(which), groups(which), roles(which)).mapToLong(List::size).sum();
  }
}
