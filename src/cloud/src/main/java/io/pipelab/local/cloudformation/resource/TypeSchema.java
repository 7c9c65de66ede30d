package io.pipelab.local.cloudformation.resource;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What CloudFormation knows of a resource type without asking its service, in the words of AWS's
 * resource provider schemas. Top-level names alone.
 *
 * @param typeName for example {@code AWS::SQS::Queue}
 * @param properties what is supported; the engine fails any other by name before anything is
 *     created
 * @param required the properties that must be there
 * @param createOnly the properties whose change needs a new resource ("Update requires:
 *     Replacement")
 * @param attributes what Fn::GetAtt may ask for
 * @param nameProperty the property that gives the resource its physical name, or null when there is
 *     none. Two resources of one name cannot stand side by side, so the engine refuses a
 *     replacement that keeps it, as AWS does
 */
public record TypeSchema(
    String typeName,
    Set<String> properties,
    Set<String> required,
    Set<String> createOnly,
    Set<String> attributes,
    @Nullable String nameProperty) {

  public TypeSchema {
    if (!properties.containsAll(required)) {
      throw new IllegalArgumentException(typeName + " requires unknown properties: " + required);
    }
  }

  /** A type without properties; named by a property TYPEName, if it gets one. */
  public static TypeSchema of(String typeName) {
    return new TypeSchema(typeName, Set.of(), Set.of(), Set.of(), Set.of(), null);
  }

  /** Adds properties that can be changed in place. */
  public TypeSchema properties(String... more) {
    return properties(Arrays.asList(more));
  }

  /** Adds properties that can be changed in place. */
  public TypeSchema properties(Collection<String> more) {
    String word = typeName.substring(typeName.lastIndexOf(':') + 1) + "Name";
    return new TypeSchema(
        typeName,
        union(properties, more),
        required,
        createOnly,
        attributes,
        more.contains(word) ? word : nameProperty);
  }

  /** Adds properties whose change needs a new resource. */
  public TypeSchema createOnly(String... more) {
    TypeSchema all = properties(more);
    Set<String> replacing = union(createOnly, Arrays.asList(more));
    return new TypeSchema(
        typeName, all.properties, required, replacing, attributes, all.nameProperty);
  }

  /** Says which of the properties must be there. */
  public TypeSchema required(String... names) {
    return new TypeSchema(
        typeName, properties, Set.of(names), createOnly, attributes, nameProperty);
  }

  /** Says which property names the resource, when it is not TYPEName. */
  public TypeSchema named(String property) {
    return new TypeSchema(typeName, properties, required, createOnly, attributes, property);
  }

  /** Says what Fn::GetAtt may ask for. */
  public TypeSchema attributes(String... names) {
    return new TypeSchema(typeName, properties, required, createOnly, Set.of(names), nameProperty);
  }

  /** Whether a change of the stack's tags is an update of the resource. */
  public boolean taggable() {
    return properties.contains("Tags");
  }

  private static Set<String> union(Set<String> some, Collection<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return Set.copyOf(all);
  }
}
