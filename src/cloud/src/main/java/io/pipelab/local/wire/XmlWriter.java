package io.pipelab.local.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.utils.BinaryUtils;

/** Writes models as the XML of the Query protocols. */
final class XmlWriter {
  private final StringBuilder out = new StringBuilder(512);
  private final MemberNames names;

  XmlWriter(MemberNames names) {
    this.names = names;
  }

  XmlWriter open(String element) {
    out.append('<').append(element).append('>');
    return this;
  }

  XmlWriter open(String element, String namespace) {
    out.append('<').append(element).append(" xmlns=\"").append(namespace).append("\">");
    return this;
  }

  XmlWriter close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  XmlWriter declaration() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return this;
  }

  XmlWriter text(String text) {
    escape(text);
    return this;
  }

  XmlWriter element(String name, String text) {
    open(name);
    escape(text);
    return close(name);
  }

  /** Writes the members of the body that are set. */
  XmlWriter members(SdkPojo pojo) {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      boolean body =
          field.location() == MarshallLocation.PAYLOAD
              && !field.containsTrait(XmlAttributeTrait.class);
      if (body && value != null && !PojoWriter.isAutoConstruct(value)) {
        member(names.output(field), value, field);
      }
    }
    return this;
  }

  private void member(String name, @Nullable Object value, SdkField<?> field) {
    if (value instanceof List<?> list) {
      list(name, list, field.getRequiredTrait(ListTrait.class));
    } else if (value instanceof Map<?, ?> map) {
      map(name, map, field);
    } else if (value instanceof SdkPojo nested) {
      open(name + attributes(nested)).members(nested).close(name);
    } else if (value != null) {
      element(name, text(value, field));
    }
  }

  /** The members that are attributes of their element: S3's {@code xsi:type} of a grantee. */
  private static String attributes(SdkPojo pojo) {
    StringBuilder text = new StringBuilder();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && field.containsTrait(XmlAttributeTrait.class)) {
        text.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ")
            .append(field.locationName())
            .append("=\"")
            .append(value)
            .append('"');
      }
    }
    return text.toString();
  }

  private void list(String name, List<?> list, ListTrait trait) {
    String item = names.outputItem(trait);
    SdkField<?> field = trait.memberFieldInfo();
    if (item == null) {
      list.forEach(each -> member(name, each, field));
      return;
    }
    open(name);
    list.forEach(each -> member(item, each, field));
    close(name);
  }

  private void map(String name, Map<?, ?> map, SdkField<?> field) {
    MapTrait trait = field.getRequiredTrait(MapTrait.class);
    MemberNames.MapNames parts = names.map(field, trait);
    boolean flattened = names.flattened(trait);
    String entry = flattened ? name : "entry";
    if (!flattened) {
      open(name);
    }
    map.forEach(
        (key, value) -> {
          open(entry).element(parts.key(), String.valueOf(key));
          member(parts.value(), value, trait.valueFieldInfo());
          close(entry);
        });
    if (!flattened) {
      close(name);
    }
  }

  private static String text(Object value, SdkField<?> field) {
    if (value instanceof Instant instant) {
      TimestampFormatTrait format = field.getTrait(TimestampFormatTrait.class);
      return format == null
          ? instant.truncatedTo(ChronoUnit.MILLIS).toString()
          : Timestamps.format(instant, format.format());
    }
    return value instanceof SdkBytes bytes
        ? BinaryUtils.toBase64(bytes.asByteArrayUnsafe())
        : value.toString();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#xD;");
        default -> out.append(each);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
