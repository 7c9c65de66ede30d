package io.pipelab.local.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A container's {@code java} command as the host's JVM can run it: paths of the container become
 * paths of the unpacked image, and the JVM sees the container's memory and processors.
 */
public final class JavaCommand {
  private static final Set<String> PATH_OPTIONS =
      Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path");

  private static final Set<String> CLASS_PATH_OPTIONS =
      Set.of("-cp", "-classpath", "--class-path", "-jar");

  private static final String CLASS_PATH_PREFIX = "--class-path=";

  /** Options whose value is the next word, which is not a path. */
  private static final Set<String> WORD_OPTIONS =
      Set.of("--add-modules", "--add-reads", "--add-exports", "--add-opens", "--limit-modules");

  private static final List<String> PATH_PREFIXES =
      List.of(
          "--class-path=",
          "--module-path=",
          "--upgrade-module-path=",
          "-javaagent:",
          "-agentpath:",
          "-Xbootclasspath/a:");

  private final ImageRoot root;
  private final Path java;

  /**
   * @param java the host's own program
   */
  public JavaCommand(ImageRoot root, Path java) {
    this.root = root;
    this.java = java;
  }

  /**
   * Rewrites a container's words.
   *
   * @param options of the JVM, before the program's own, which win
   * @throws ImageFailure when they start no Java program, by name
   */
  public List<String> of(List<String> words, List<String> options) throws ImageFailure {
    if (words.isEmpty()) {
      throw ImageFailure.notRunnable("the image names no entry point and no command");
    }
    String program = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
    if (!program.equals("java")) {
      throw ImageFailure.notRunnable(
          "pipelab's embedded cloud runs Java programs, by the host's JVM; '"
              + words.get(0)
              + "' is not java");
    }
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    try {
      rewrite(words.subList(1, words.size()), command);
    } catch (IOException e) {
      throw ImageFailure.notRunnable("its class path cannot be read: " + e.getMessage());
    }
    return command;
  }

  /**
   * What the JVM would choose by itself in a container of that size. C1 and a single collector keep
   * a start cheap on a small machine.
   *
   * @param memoryMiB what the program may think the machine has
   * @param temporary its temporary folder
   */
  public static List<String> options(int memoryMiB, Path temporary) {
    return List.of(
        "-XX:MaxRAM=" + memoryMiB + "m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-XX:-UsePerfData",
        "-Djava.io.tmpdir=" + temporary);
  }

  /** The class path of a command that this made; empty when it names none. */
  public static String classPath(List<String> command) {
    for (int i = 1; i < command.size(); i++) {
      String word = command.get(i);
      if (CLASS_PATH_OPTIONS.contains(word) && i + 1 < command.size()) {
        return command.get(i + 1);
      } else if (word.startsWith(CLASS_PATH_PREFIX)) {
        return word.substring(CLASS_PATH_PREFIX.length());
      } else if (!word.startsWith("-")) {
        return "";
      }
    }
    return "";
  }

  private void rewrite(List<String> arguments, List<String> command)
      throws IOException, ImageFailure {
    boolean main = false;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      if (main || !word.startsWith("-")) {
        if (!main && word.startsWith("@")) {
          throw ImageFailure.notRunnable(
              "pipelab's embedded cloud does not read java's argument file " + word);
        }
        main = true;
        command.add(existing(word));
      } else if (word.equals("-jar")) {
        command.add(word);
        command.add(path(next));
        main = true;
        i++;
      } else if (PATH_OPTIONS.contains(word)) {
        command.add(word);
        command.add(paths(next));
        i++;
      } else if (WORD_OPTIONS.contains(word)) {
        command.add(word);
        command.add(next);
        i++;
      } else {
        command.add(option(word));
      }
    }
    if (!main && !arguments.contains("-version") && !arguments.contains("--version")) {
      throw ImageFailure.notRunnable("its java command names no class and no jar");
    }
  }

  private String option(String word) throws IOException {
    for (String prefix : PATH_PREFIXES) {
      if (word.startsWith(prefix)) {
        return prefix + paths(word.substring(prefix.length()));
      }
    }
    int value = word.indexOf('=');
    return word.startsWith("-D") && value > 0
        ? word.substring(0, value + 1) + existing(word.substring(value + 1))
        : word;
  }

  /** A class path; {@code @FILE} stands for what is in the file, as Jib writes it. */
  private String paths(String classPath) throws IOException {
    String text = classPath;
    if (classPath.startsWith("@")) {
      text = Files.readString(root.resolve(classPath.substring(1))).strip();
    }
    List<String> entries = new ArrayList<>();
    for (String entry : text.split(":")) {
      entries.add(path(entry));
    }
    return String.join(":", entries);
  }

  /** An absolute path of the container; a relative one is the working folder's. */
  private String path(String entry) throws IOException {
    if (!entry.startsWith("/")) {
      return entry;
    }
    boolean all = entry.endsWith("/*");
    Path place = root.resolve(all ? entry.substring(0, entry.length() - 2) : entry);
    return all ? place + "/*" : place.toString();
  }

  /** Any other word is a path only if it is one of the image. */
  private String existing(String word) throws IOException {
    if (!word.startsWith("/") || word.equals("/")) {
      return word;
    }
    Path place = root.resolve(word);
    return Files.exists(place) ? place.toString() : word;
  }
}
