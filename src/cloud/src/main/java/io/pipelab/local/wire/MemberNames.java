package io.pipelab.local.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** How a dialect of the Query protocol names the members of the model in forms and in XML. */
interface MemberNames {
  /** The names of a map's parts. */
  record MapNames(String key, String value) {}

  /** The member's name in a form. */
  String input(SdkField<?> field);

  /** The member's element in XML. */
  String output(SdkField<?> field);

  /** The name between a list's name and its indices in a form, or null for a flattened list. */
  @Nullable String inputItem(ListTrait list);

  /** The element of a list's items within the list's element, or null for a flattened list. */
  @Nullable String outputItem(ListTrait list);

  /** Whether a map's entries repeat the map's name instead of standing within it. */
  boolean flattened(MapTrait map);

  MapNames map(SdkField<?> field, MapTrait map);

  /** As the model says: what AWS Query services of today do. */
  MemberNames QUERY =
      new MemberNames() {
        @Override
        public String input(SdkField<?> field) {
          return field.locationName();
        }

        @Override
        public String output(SdkField<?> field) {
          return field.unmarshallLocationName();
        }

        @Override
        public @Nullable String inputItem(ListTrait list) {
          return list.isFlattened() ? null : item(list);
        }

        @Override
        public @Nullable String outputItem(ListTrait list) {
          return list.isFlattened() ? null : item(list);
        }

        @Override
        public boolean flattened(MapTrait map) {
          return map.isFlattened();
        }

        @Override
        public MapNames map(SdkField<?> field, MapTrait map) {
          return new MapNames(map.keyLocationName(), map.valueLocationName());
        }
      };

  /** EC2's dialect: lists are flat in forms and have item elements in XML. */
  MemberNames EC2 =
      new MemberNames() {
        @Override
        public String input(SdkField<?> field) {
          return field.locationName();
        }

        @Override
        public String output(SdkField<?> field) {
          return field.unmarshallLocationName();
        }

        @Override
        public @Nullable String inputItem(ListTrait list) {
          return null;
        }

        @Override
        public @Nullable String outputItem(ListTrait list) {
          return list.isFlattened() ? null : item(list);
        }

        @Override
        public boolean flattened(MapTrait map) {
          return map.isFlattened();
        }

        @Override
        public MapNames map(SdkField<?> field, MapTrait map) {
          return new MapNames(map.keyLocationName(), map.valueLocationName());
        }
      };

  /**
   * SQS before it spoke JSON: everything is flat and named in the singular. The model of today no
   * longer has these names.
   */
  MemberNames SQS =
      new MemberNames() {
        private final Map<String, String> singular =
            Map.ofEntries(
                Map.entry("AttributeNames", "AttributeName"),
                Map.entry("MessageAttributeNames", "MessageAttributeName"),
                Map.entry("MessageSystemAttributeNames", "MessageSystemAttributeName"),
                Map.entry("Attributes", "Attribute"),
                Map.entry("MessageAttributes", "MessageAttribute"),
                Map.entry("MessageSystemAttributes", "MessageSystemAttribute"),
                Map.entry("AWSAccountIds", "AWSAccountId"),
                Map.entry("Actions", "ActionName"),
                Map.entry("TagKeys", "TagKey"),
                Map.entry("Tags", "Tag"),
                Map.entry("tags", "Tag"),
                Map.entry("Messages", "Message"),
                Map.entry("QueueUrls", "QueueUrl"),
                Map.entry("queueUrls", "QueueUrl"),
                Map.entry("StringListValues", "StringListValue"),
                Map.entry("BinaryListValues", "BinaryListValue"));

        @Override
        public String input(SdkField<?> field) {
          return name(field);
        }

        @Override
        public String output(SdkField<?> field) {
          return name(field);
        }

        /** Batches and their results are named by the shape of their entries. */
        private String name(SdkField<?> field) {
          String name = field.locationName();
          return switch (name) {
            case "Entries", "Successful", "Failed", "Results" ->
                field
                    .getRequiredTrait(ListTrait.class)
                    .memberFieldInfo()
                    .constructor()
                    .get()
                    .getClass()
                    .getEnclosingClass()
                    .getSimpleName();
            default -> singular.getOrDefault(name, name);
          };
        }

        @Override
        public @Nullable String inputItem(ListTrait list) {
          return null;
        }

        @Override
        public @Nullable String outputItem(ListTrait list) {
          return null;
        }

        @Override
        public boolean flattened(MapTrait map) {
          return true;
        }

        @Override
        public MapNames map(SdkField<?> field, MapTrait map) {
          boolean tags = name(field).equals("Tag");
          return tags ? new MapNames("Key", "Value") : new MapNames("Name", "Value");
        }
      };

  private static String item(ListTrait list) {
    return list.memberLocationName() == null ? "member" : list.memberLocationName();
  }
}
