package io.pipelab.local.process;

import io.pipelab.local.kernel.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A command line that makes a program the leader of a session of its own and sets a watcher beside
 * it. The watcher waits for the end of standard input, which is a pipe from the cloud, and then
 * kills the program's whole process group.
 *
 * <p>The program itself is what the returned command becomes, by {@code exec}: its process id, its
 * exit code and the signals sent to it are its own. The watcher is not a child of it, so a program
 * that waits for all its children does not wait for the watcher. While the watcher lives, it is a
 * member of the group, so the group's id cannot come to mean something else.
 */
final class GuardedCommand {
  private static final String SCRIPT =
      """
      exec 3<&0 </dev/null
      ( ( trap '' HUP INT QUIT TERM
          while read -r _ <&3; do :; done
          kill -KILL -$$ ) >/dev/null 2>&1 & )
      exec 3<&-
      exec "$@"
      """;

  /**
   * Niceness counts between processes. Linux weighs whole sessions instead where it groups them
   * (sched(7), "The autogroup feature"); it lets a user set one of them each tenth of a second.
   */
  private static final String LIGHTER =
      """
      renice -n NICE -p $$ >/dev/null 2>&1
      [ ! -w /proc/self/autogroup ] || (
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
          echo NICE >/proc/self/autogroup && break
          sleep 0.1
        done & ) </dev/null >/dev/null 2>&1
      """;

  /** A step of niceness is a quarter more weight, or less. */
  private static final double STEP = 1.25;

  private static final int NICEST = 19;

  /**
   * A shell drops variables whose names it could not assign; of the shells, bash alone does not.
   */
  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Path SH = Path.of("/bin/sh");
  private static final List<Path> BASH =
      List.of(Path.of("/bin/bash"), Path.of("/usr/bin/bash"), Path.of("/usr/local/bin/bash"));
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final Path PERL = Path.of("/usr/bin/perl");

  private GuardedCommand() {}

  /**
   * Wraps a command.
   *
   * @param cpu the program's weight against other processes, in ECS's CPU units
   * @throws IOException if the machine has no POSIX shell or no program that starts a session
   */
  static List<String> of(List<String> command, Map<String, String> environment, int cpu)
      throws IOException {
    List<String> guarded = new ArrayList<>(newSession());
    guarded.add(shell(environment).toString());
    guarded.add("-c");
    guarded.add(script(niceness(cpu)));
    guarded.add(command.get(0));
    guarded.addAll(command);
    return guarded;
  }

  private static String script(int niceness) {
    return niceness == 0 ? SCRIPT : LIGHTER.replace("NICE", Integer.toString(niceness)) + SCRIPT;
  }

  /** A quarter of a processor is a niceness of 6; nothing weighs more than a whole one. */
  static int niceness(int cpu) {
    double steps = Math.log((double) ChildProcesses.PROCESSOR / Math.max(1, cpu)) / Math.log(STEP);
    return (int) Math.max(0, Math.min(NICEST, Math.round(steps)));
  }

  /** The words in front of a command that make it the leader of a new session. */
  private static List<String> newSession() throws IOException {
    for (Path setsid : SETSID) {
      if (Files.isExecutable(setsid)) {
        return List.of(setsid.toString());
      }
    }
    return perlSession();
  }

  /** macOS has no setsid program, but Perl. */
  static List<String> perlSession() throws IOException {
    if (Files.isExecutable(PERL)) {
      return List.of(
          PERL.toString(), "-e", "use POSIX (); POSIX::setsid(); exec { $ARGV[0] } @ARGV");
    }
    throw new IOException(
        "this machine has neither setsid nor perl; pipelab needs one of them to start functions"
            + " and tasks");
  }

  private static Path shell(Map<String, String> environment) throws IOException {
    if (environment.keySet().stream().allMatch(name -> SHELL_NAME.matcher(name).matches())) {
      if (Files.isExecutable(SH)) {
        return SH;
      }
      throw new IOException("this machine has no /bin/sh; pipelab needs it to start functions");
    }
    return BASH.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "environment variables with names like a.b or a-b need bash on this machine"));
  }
}
