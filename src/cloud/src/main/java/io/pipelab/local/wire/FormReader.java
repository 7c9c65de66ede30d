package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills a model's builder from the parameters of a Query request. */
record FormReader(MemberNames names) {

  void fill(FormTree form, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      FormTree node = form.child(names.input(field));
      Object value = node == null ? null : read(node, field);
      if (value != null) {
        field.set(builder, value);
      }
    }
  }

  private @Nullable Object read(FormTree node, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo nested = field.constructor().get();
      fill(node, nested);
      return ((Buildable) nested).build();
    } else if (type == MarshallingType.LIST) {
      return list(node, field.getRequiredTrait(ListTrait.class));
    } else if (type == MarshallingType.MAP) {
      return map(node, field);
    }
    String text = node.value();
    return text == null ? null : Scalars.read(TextNode.valueOf(text), type, names.input(field));
  }

  private List<Object> list(FormTree node, ListTrait trait) {
    String item = names.inputItem(trait);
    FormTree within = item == null ? null : node.child(item);
    List<Object> list = new ArrayList<>();
    for (FormTree each : (within == null ? node : within).numbered()) {
      list.add(read(each, trait.memberFieldInfo()));
    }
    return list;
  }

  private Map<String, Object> map(FormTree node, SdkField<?> field) {
    MapTrait trait = field.getRequiredTrait(MapTrait.class);
    MemberNames.MapNames parts = names.map(field, trait);
    FormTree within = names.flattened(trait) ? null : node.child("entry");
    Map<String, Object> map = new LinkedHashMap<>();
    for (FormTree each : (within == null ? node : within).numbered()) {
      String key = each.text(parts.key());
      FormTree value = each.child(parts.value());
      if (key != null && value != null) {
        map.put(key, read(value, trait.valueFieldInfo()));
      }
    }
    return map;
  }
}
