package io.pipelab.local.cloudformation.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TypeSchemaTest {
  /** Where a type of ours is not as AWS publishes it, and why. */
  private static final Map<String, String> DEVIATIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "AWS::ApiGatewayV2::Api requires Name",
                  "its other way, a whole OpenAPI document in Body, is not implemented"),
              Map.entry(
                  "AWS::ApiGatewayV2::Api requires ProtocolType",
                  "its other way, a whole OpenAPI document in Body, is not implemented"),
              Map.entry("AWS::CDK::Metadata knows Analytics", "AWS publishes no schema of it"),
              Map.entry(
                  "AWS::CloudWatch::Alarm requires ComparisonOperator",
                  "AWS asks for it in all alarms but those on queries, which are not implemented"),
              Map.entry(
                  "AWS::CloudWatch::Alarm requires EvaluationPeriods",
                  "AWS asks for it in all alarms but those on queries, which are not implemented"),
              Map.entry(
                  "AWS::DynamoDB::Table replaces for LocalSecondaryIndexes",
                  "AWS's schema does not say; DynamoDB has no call that changes them"),
              Map.entry(
                  "AWS::EC2::Route requires DestinationCidrBlock",
                  "IPv6 and prefix lists are not implemented"),
              Map.entry(
                  "AWS::EC2::Subnet requires CidrBlock", "IPAM pools and IPv6 are not implemented"),
              Map.entry(
                  "AWS::EC2::VPC requires CidrBlock", "IPAM pools and IPv6 are not implemented"),
              Map.entry(
                  "AWS::EC2::VPCGatewayAttachment requires InternetGatewayId",
                  "VPN gateways are not implemented")));

  @Test
  void everyTypeIsAsAwsPublishesIt() throws Exception {
    Map<String, TypeSchema> ours = schemas();
    assertTrue(ours.size() > 30, ours.keySet()::toString);
    Optional<PublishedSchemas> published = PublishedSchemas.of(ours.keySet());
    assumeTrue(published.isPresent(), "cfn-lint, which brings AWS's schemas, is not installed");
    Set<String> found = new TreeSet<>();
    ours.values().forEach(each -> compare(each, published.get().type(each.typeName()), found));
    assertEquals(DEVIATIONS.keySet(), found);
  }

  private static void compare(
      TypeSchema ours, PublishedSchemas.Published aws, Set<String> deviations) {
    note(deviations, ours, " knows ", without(ours.properties(), aws.properties()));
    note(deviations, ours, " requires ", without(ours.required(), aws.required()));
    note(deviations, ours, " does not require ", without(aws.required(), ours.required()));
    Set<String> replacing = new TreeSet<>(aws.createOnly());
    replacing.addAll(aws.conditionalCreateOnly());
    note(deviations, ours, " replaces for ", without(ours.createOnly(), replacing));
    Set<String> supported = new TreeSet<>(aws.createOnly());
    supported.retainAll(ours.properties());
    note(deviations, ours, " does not replace for ", without(supported, ours.createOnly()));
    Set<String> readable = new TreeSet<>(aws.readOnly());
    readable.addAll(aws.properties());
    note(deviations, ours, " answers ", without(topLevel(ours.attributes()), readable));
  }

  /** {@code Endpoint} of {@code Endpoint.Port}. */
  private static Set<String> topLevel(Set<String> attributes) {
    return attributes.stream().map(each -> each.split("\\.", 2)[0]).collect(Collectors.toSet());
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static void note(
      Set<String> deviations, TypeSchema type, String how, Collection<String> properties) {
    properties.forEach(each -> deviations.add(type.typeName() + how + each));
  }

  /** Every type's schema is a constant, so that it can be looked at without its service. */
  private static Map<String, TypeSchema> schemas() throws Exception {
    Map<String, TypeSchema> schemas = new TreeMap<>();
    Path classes =
        Path.of(ResourceType.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes.resolve("io/pipelab/local"))) {
      files = all.filter(each -> each.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
      Class<?> type =
          Class.forName(
              name.substring(0, name.length() - ".class".length()),
              false,
              ResourceType.class.getClassLoader());
      if (ResourceType.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        List<Field> constants =
            Stream.of(type.getDeclaredFields())
                .filter(each -> each.getType() == TypeSchema.class)
                .filter(each -> Modifier.isStatic(each.getModifiers()))
                .toList();
        assertFalse(constants.isEmpty(), () -> name + " has no schema of its own");
        for (Field constant : constants) {
          constant.setAccessible(true);
          TypeSchema schema = (TypeSchema) constant.get(null);
          schemas.put(schema.typeName(), schema);
        }
      }
    }
    return schemas;
  }

  @Test
  void aSchemaIsPutTogetherInWords() {
    TypeSchema schema =
        TypeSchema.of("AWS::Lab::Bench")
            .createOnly("BenchName")
            .properties("Height", "Tags")
            .required("Height")
            .attributes("Arn");
    assertEquals(Set.of("BenchName", "Height", "Tags"), schema.properties());
    assertEquals(Set.of("BenchName"), schema.createOnly());
    assertEquals(Set.of("Height"), schema.required());
    assertEquals("BenchName", schema.nameProperty());
    assertThrows(IllegalArgumentException.class, () -> schema.required("Width"));
  }
}
