package io.pipelab.local.wire;

import io.pipelab.local.declared.Member;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Finds members of a structure that are set and not honoured. Only the others are looked at: for
 * most actions that is none or few.
 *
 * @param action the action's name, for the refusal
 */
record MemberCheck(String action, List<Look> looks) {
  /** Lets everything pass. */
  static final MemberCheck NONE = new MemberCheck("", List.of());

  /**
   * A member to look at.
   *
   * @param path its name within the request
   * @param accepted the values that it may have
   * @param below what to look at in it instead, or null when it must not be set
   */
  record Look(SdkField<?> field, String path, Set<String> accepted, @Nullable MemberCheck below) {}

  /** The check of a request or of a structure in it. */
  static MemberCheck of(SdkPojo structure, Map<String, Member> declared, String action) {
    return of(structure, declared, action, "");
  }

  private static MemberCheck of(
      SdkPojo structure, Map<String, Member> declared, String action, String prefix) {
    List<Look> looks = new ArrayList<>();
    for (SdkField<?> field : structure.sdkFields()) {
      Member member = declared.get(field.memberName());
      String path = prefix + field.memberName();
      if (member == null || member.use() == Member.Use.DEFAULT) {
        looks.add(new Look(field, path, member == null ? Set.of() : member.values(), null));
      } else if (!member.below().isEmpty()) {
        MemberCheck below = of(structureOf(field, path), member.below(), action, path + ".");
        if (!below.looks.isEmpty()) {
          looks.add(new Look(field, path, Set.of(), below));
        }
      }
    }
    return new MemberCheck(action, List.copyOf(looks));
  }

  /** An empty structure of the kind that a member is, or has in its list or map. */
  static SdkPojo structureOf(SdkField<?> field, String path) {
    SdkField<?> each = field;
    while (each.marshallingType() != MarshallingType.SDK_POJO) {
      if (each.marshallingType() == MarshallingType.LIST) {
        each = each.getRequiredTrait(ListTrait.class).memberFieldInfo();
      } else if (each.marshallingType() == MarshallingType.MAP) {
        each = each.getRequiredTrait(MapTrait.class).valueFieldInfo();
      } else {
        throw new IllegalStateException(path + " has no members");
      }
    }
    return each.constructor().get();
  }

  /** Throws for the first member that must not be set as it is. */
  void require(SdkPojo structure) {
    for (Look look : looks) {
      Object value = look.field.getValueOrDefault(structure);
      if (value == null) {
        continue;
      }
      if (look.below != null) {
        each(value, look.below);
      } else if (isSet(value) && !accepts(look, value)) {
        throw refusal(look);
      }
    }
  }

  private static boolean accepts(Look look, Object value) {
    return value instanceof Collection<?> list
        ? list.stream().allMatch(item -> look.accepted.contains(String.valueOf(item)))
        : look.accepted.contains(value.toString());
  }

  private static void each(Object value, MemberCheck check) {
    if (value instanceof SdkPojo pojo) {
      check.require(pojo);
    } else if (value instanceof Collection<?> list) {
      for (Object item : list) {
        if (item != null) {
          each(item, check);
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      each(map.values(), check);
    }
  }

  /** What is empty says as much as what is not there. */
  private static boolean isSet(@Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return !list.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    } else if (value instanceof SdkPojo pojo) {
      return pojo.sdkFields().stream().anyMatch(each -> isSet(each.getValueOrDefault(pojo)));
    }
    return value != null && !value.toString().isEmpty();
  }

  private AwsError refusal(Look look) {
    String other =
        look.accepted.isEmpty() ? "" : " other than " + String.join(" or ", look.accepted);
    return AwsError.notImplemented("the member " + look.path + " of " + action + other);
  }
}
