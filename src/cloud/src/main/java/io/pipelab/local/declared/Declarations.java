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
 * <p>{@code iam} is what IAM has to allow ({@code iam none} where AWS asks nothing), as AWS's Service
 * Authorization Reference has it; {@link IamTemplate} says how texts are made from the request.
 */
public final class Declarations {
  /** The file's name. */
  public static final String FILE = "actions.txt";

  /** By the lower-case name: the SDK spells acronyms in its own way. */
  private final Map<String, ActionDeclaration> byName;

  private Declarations(Map<String, ActionDeclaration> byName) {
    this.byName = byName;
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
   * Reads a file's text.
   *
   * @throws IllegalArgumentException that names the action, when a block is malformed
   */
  public static Declarations parse(String text) {
    Map<String, ActionDeclaration> byName = new LinkedHashMap<>();
    List<String> block = new ArrayList<>();
    for (String line : (text + "\n\n").split("\n", -1)) {
      if (!line.isBlank()) {
        block.add(line);
      } else if (!block.isEmpty()) {
        if (!block.get(0).startsWith("#")) {
          ActionDeclaration declared = DeclarationBlock.read(block);
          if (byName.put(key(declared.name()), declared) != null) {
            throw new IllegalArgumentException(declared.name() + " is declared twice");
          }
        }
        block.clear();
      }
    }
    return new Declarations(byName);
  }

  /** The declaration of an action, in whatever case its name comes. */
  public Optional<ActionDeclaration> of(String action) {
    return Optional.ofNullable(byName.get(key(action)));
  }

  /** All, in the file's order. */
  public Collection<ActionDeclaration> all() {
    return byName.values();
  }

  private static String key(String action) {
    return action.toLowerCase(Locale.ROOT);
  }
}
