package io.pipelab.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the embedded cloud is started.
 *
 * @param port 1 to 65535, or 0 for any that is free
 * @param speed cloud seconds in one wall second, from 1
 * @param region the one region that it is
 * @param stateDir where its state file and its data are
 * @param cacheDir where programs are kept that were fetched
 * @param iam whether callers are refused what their policies do not allow
 */
record Settings(int port, int speed, String region, Path stateDir, Path cacheDir, boolean iam) {
  private static final Set<String> NAMES =
      Set.of("--port", "--speed", "--region", "--state-dir", "--cache-dir", "--iam");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
  private static final int MOST_SPEED = 600;

  /**
   * Reads {@code --port N --speed N --region R --state-dir DIR --cache-dir DIR --iam on|off}.
   *
   * @throws IllegalArgumentException that says which argument is wrong
   */
  static Settings parse(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!NAMES.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException("unknown or incomplete argument " + args[i]);
      }
      given.put(args[i], args[i + 1]);
    }
    String region = given.getOrDefault("--region", "us-east-1");
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException("no region: " + region);
    }
    String stateDir = given.get("--state-dir");
    if (stateDir == null) {
      throw new IllegalArgumentException("--state-dir is missing");
    }
    return new Settings(
        number(given, "--port", 4566, 0, 65535),
        number(given, "--speed", 1, 1, MOST_SPEED),
        region,
        Path.of(stateDir).toAbsolutePath(),
        Path.of(given.getOrDefault("--cache-dir", stateDir)).toAbsolutePath(),
        iam(given.getOrDefault("--iam", "on")));
  }

  /** A word that is mistyped starts no cloud: it would be an open one that nobody wanted. */
  private static boolean iam(String text) {
    if (!text.equals("on") && !text.equals("off")) {
      throw new IllegalArgumentException("--iam must be on or off");
    }
    return text.equals("on");
  }

  private static int number(
      Map<String, String> given, String name, int otherwise, int least, int most) {
    String text = given.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number: " + text, e);
    }
    throw new IllegalArgumentException(name + " must be between " + least + " and " + most);
  }
}
