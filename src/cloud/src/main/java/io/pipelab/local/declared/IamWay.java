package io.pipelab.local.declared;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a resource's name is made from a member that says more than the name. */
enum IamWay {
  /** Behind the last slash: a queue's name of its URL. */
  LAST(value -> value.substring(value.lastIndexOf('/') + 1)),
  /** Before the last colon: a topic's ARN of a subscription's. */
  PARENT(value -> value.substring(0, Math.max(0, value.lastIndexOf(':')))),
  /** A function's name of {@code ACCOUNT:function:NAME}. */
  FUNCTION(value -> value.startsWith("arn:") ? value : value.substring(after(value, "function:"))),
  /** A family without its revision stands for any. */
  REVISION(
      value -> value.substring(value.lastIndexOf('/') + 1).contains(":") ? value : value + ":*"),
  /** {@code bucket/key} of the source of a copy, {@code /bucket/key%20?versionId=1}. */
  SOURCE(IamWay::source),
  /** The table of a PartiQL statement. */
  TABLE(IamWay::table),
  /** What a PartiQL statement does: {@code Select}. */
  VERB(IamWay::verb),
  /** A stack by its ARN or, by its name, each that had the name. */
  STACK(value -> value.startsWith("arn:") ? value : value + "/*"),
  /** The kind and the id of an EC2 resource: {@code vpc/vpc-1}. */
  TYPED(IamWay::typed),
  /** A parameter's name as its ARN ends: without the slash in front, and without a selector. */
  PARAMETER(IamWay::parameter),
  /** A secret by its ARN or, by its name, with any six characters behind it. */
  SECRET(value -> value.startsWith("arn:") ? value : value + "-??????"),
  /** The stream's name in a shard iterator of ours. */
  STREAM(IamWay::stream),
  /** What stands before a rule's name in its ARN: its bus, unless that is the default one. */
  BUS(IamWay::bus),
  /** The keys of a map. */
  KEYS(value -> value);

  /** What ARNs call the kinds whose ids begin otherwise. */
  private static final Map<String, String> KINDS =
      Map.of(
          "i", "instance",
          "igw", "internet-gateway",
          "rtb", "route-table",
          "sg", "security-group",
          "sgr", "security-group-rule",
          "eni", "network-interface",
          "vpce", "vpc-endpoint",
          "eipalloc", "elastic-ip",
          "acl", "network-acl",
          "nat", "natgateway");

  /**
   * The word behind the verb or behind FROM or INTO (DynamoDB Developer Guide, "PartiQL for
   * DynamoDB statements"), with its quotes or without, up to the dot before an index.
   */
  private static final Pattern TABLE_NAME =
      Pattern.compile(
          "(?is)^\\s*(?:select\\s.*?\\sfrom|insert\\s+into|update|delete\\s+from)\\s+"
              + "(?:\"([^\"]+)\"|([^\\s.]+)).*");

  private final Function<String, String> way;

  IamWay(Function<String, String> way) {
    this.way = way;
  }

  static IamWay of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  List<String> values(RequestMembers members, String path) {
    return this == KEYS ? members.keys(path) : members.values(path).stream().map(way).toList();
  }

  private static int after(String value, String word) {
    int at = value.indexOf(word);
    return at < 0 ? 0 : at + word.length();
  }

  private static String typed(String id) {
    String prefix = id.substring(0, Math.max(0, id.lastIndexOf('-')));
    return KINDS.getOrDefault(prefix, prefix) + "/" + id;
  }

  private static String parameter(String name) {
    if (name.startsWith("arn:")) {
      return name;
    }
    String plain = name.startsWith("/") ? name.substring(1) : name;
    int selector = plain.indexOf(':');
    return selector < 0 ? plain : plain.substring(0, selector);
  }

  private static String stream(String iterator) {
    try {
      String place = new String(Base64.getDecoder().decode(iterator), StandardCharsets.UTF_8);
      String[] parts = place.split("/");
      return parts.length > 1 ? parts[1] : "*";
    } catch (IllegalArgumentException e) {
      return "*"; // Kinesis refuses it, in its own words
    }
  }

  private static String bus(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    return name.equals("default") ? "" : name + "/";
  }

  private static String source(String value) {
    String plain = value.startsWith("/") ? value.substring(1) : value;
    int query = plain.indexOf('?');
    String path = query < 0 ? plain : plain.substring(0, query);
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path; // S3 refuses it, in its own words
    }
  }

  private static String table(String statement) {
    Matcher parts = TABLE_NAME.matcher(statement);
    if (!parts.matches()) {
      return "*";
    }
    return parts.group(1) == null ? parts.group(2) : parts.group(1);
  }

  private static String verb(String statement) {
    String first = statement.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    return switch (first) {
      case "insert" -> "Insert";
      case "update" -> "Update";
      case "delete" -> "Delete";
      default -> "Select"; // what is not a statement is refused by the engine
    };
  }
}
