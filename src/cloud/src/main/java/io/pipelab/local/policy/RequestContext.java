package io.pipelab.local.policy;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a policy is asked about.
 *
 * @param action {@code sqs:SendMessage}, {@code sns:Publish} ...
 * @param resource the resource's ARN
 * @param keys condition keys in lower case ({@code aws:sourcearn}) and their values: one, or
 *     several for a key like {@code aws:TagKeys}
 */
public record RequestContext(
    Caller caller, String action, String resource, Map<String, List<String>> keys) {

  /** A request with the global condition keys that AWS sets for such a caller. */
  public static RequestContext of(
      Caller caller, String action, String resource, CloudIdentity cloud) {
    Map<String, List<String>> keys = new HashMap<>();
    // Loopback stands for AWS's https: a bucket that denies plain http, as CDK's, is not closed.
    put(keys, "aws:SecureTransport", "true");
    put(keys, "aws:RequestedRegion", cloud.region());
    put(keys, "aws:ResourceAccount", cloud.account()); // there is no other
    if (caller instanceof Caller.ServicePrincipal service) {
      put(keys, "aws:SourceArn", service.sourceArn());
      put(keys, "aws:SourceAccount", accountOf(service.sourceArn(), cloud));
      put(keys, "aws:PrincipalIsAWSService", "true");
      put(keys, "aws:PrincipalServiceName", service.service());
      if (service.service().equals("cloudwatch.amazonaws.com")) {
        // Alarms publish as their account: that is why a topic's default policy lets them in, and
        // not, say, a bucket's events.
        put(keys, "aws:SourceOwner", accountOf(service.sourceArn(), cloud));
      }
    } else if (!(caller instanceof Caller.Anonymous)) {
      put(keys, "aws:PrincipalIsAWSService", "false");
      put(keys, "aws:PrincipalArn", principalArn(caller));
      put(keys, "aws:PrincipalAccount", cloud.account());
      put(keys, "aws:PrincipalType", caller instanceof Caller.RoleSession ? "AssumedRole" : "User");
    }
    return new RequestContext(caller, action, resource, Map.copyOf(keys));
  }

  /** The same request with one more condition key. */
  public RequestContext with(String key, String value) {
    return with(key, List.of(value));
  }

  /** The same request with one more condition key, of several values. */
  public RequestContext with(String key, List<String> values) {
    Map<String, List<String>> more = new HashMap<>(keys);
    more.put(key.toLowerCase(Locale.ROOT), List.copyOf(values));
    return new RequestContext(caller, action, resource, Map.copyOf(more));
  }

  /** The same request with more condition keys. */
  public RequestContext withAll(Map<String, List<String>> some) {
    if (some.isEmpty()) {
      return this;
    }
    Map<String, List<String>> more = new HashMap<>(keys);
    some.forEach((key, values) -> more.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return new RequestContext(caller, action, resource, Map.copyOf(more));
  }

  /** The values of a condition key, whose name's case does not matter; empty when it is not set. */
  List<String> values(String key) {
    List<String> values = keys.get(key);
    return values == null ? keys.getOrDefault(key.toLowerCase(Locale.ROOT), List.of()) : values;
  }

  String lowerCaseAction() {
    return action.toLowerCase(Locale.ROOT);
  }

  static String principalArn(Caller caller) {
    return caller instanceof Caller.RoleSession session ? session.roleArn() : caller.arn();
  }

  private static void put(Map<String, List<String>> keys, String key, String value) {
    keys.put(key.toLowerCase(Locale.ROOT), List.of(value));
  }

  /** Bucket ARNs name no account; in this cloud there is only one. */
  private static String accountOf(String sourceArn, CloudIdentity cloud) {
    String account = Arn.parse(sourceArn).account();
    return account.isEmpty() ? cloud.account() : account;
  }
}
