package io.pipelab.local.declared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The declarations of a service's actions, from the file {@value #FILE} beside the service's class:
 * one block an action, sorted by name, empty lines between. A block is the action's name and below
 * it, indented, any number of lines of these kinds:
 *
 * <pre>
 * CreateThing
 *   honours Name Code{Bucket Key} Tags
 *   harmless ClientToken
 *   default DryRun=false Mode=Fast|""
 *   iam things:CreateThing arn:aws:things:${Region}:${Account}:thing/${Name}
 *   iam iam:PassRole ${Role} iam:PassedToService=things.amazonaws.com when Role
 *   keys things:Mode=${Mode}
 *   tags Tags
 * </pre>
 *
 * <p>{@code iam} is what IAM has to allow ({@code iam none} where AWS asks nothing), as AWS's
 * Service Authorization Reference has it; {@link IamTemplate} says how texts are made from the
 * request.
 */
public final class Declarations {
  /** The file's name. */
  public static final String FILE = "actions.txt";

  /** Blocks' lines by the lower-case name: the SDK spells acronyms in its own way. */
  private final Map<String, List<String>> blocks;

  /** Those that were asked for: a first call does not wait for the other actions' blocks. */
  private final Map<String, ActionDeclaration> read = new ConcurrentHashMap<>();

  private Declarations(Map<String, List<String>> blocks) {
    this.blocks = blocks;
  }

  /** Those of a service; nothing when it has no such file. */
  public static Optional<Declarations> beside(Class<?> service) {
    return at("/" + service.getPackageName().replace('.', '/') + "/" + FILE);
  }

  /** Those of the service whose package has that name, {@code sqs}; nothing when there is none. */
  public static Optional<Declarations> named(String service) {
    return at("/io/pipelab/local/" + service + "/" + FILE);
  }

  private static Optional<Declarations> at(String file) {
    try (InputStream in = Declarations.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a file's text; a block is read when it is asked for.
   *
   * @throws IllegalArgumentException when an action has two blocks
   */
  public static Declarations parse(String text) {
    Map<String, List<String>> blocks = new LinkedHashMap<>();
    List<String> block = new ArrayList<>();
    // In two: Error Prone 2.42 fails over a text of line breaks alone.
    for (String line : (text + "\n" + "\n").split("\n", -1)) {
      if (!line.isBlank()) {
        block.add(line);
      } else if (!block.isEmpty()) {
        if (!block.get(0).startsWith("#")) {
          if (blocks.put(key(block.get(0)), List.copyOf(block)) != null) {
            throw new IllegalArgumentException(block.get(0) + " is declared twice");
          }
        }
        block.clear();
      }
    }
    return new Declarations(blocks);
  }

  /**
   * The declaration of an action, in whatever case its name comes.
   *
   * @throws IllegalArgumentException that names the action, when its block is malformed
   */
  public Optional<ActionDeclaration> of(String action) {
    List<String> block = blocks.get(key(action));
    return block == null
        ? Optional.empty()
        : Optional.of(read.computeIfAbsent(key(action), name -> DeclarationBlock.read(block)));
  }

  /** All, in the file's order. */
  public Collection<ActionDeclaration> all() {
    return blocks.keySet().stream().map(name -> of(name).orElseThrow()).toList();
  }

  private static String key(String action) {
    return action.toLowerCase(Locale.ROOT);
  }
}
