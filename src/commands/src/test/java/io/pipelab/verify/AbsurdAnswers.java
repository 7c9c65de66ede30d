package io.pipelab.verify;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** What no AWS answers, of any response class: the SDK's models say which members there are. */
enum AbsurdAnswers implements FakeAws.Otherwise {
  /** No member is there. */
  NOTHING("", 0, 0),
  /** Texts that mean nothing, negative numbers, and one of them in every list and map. */
  NONSENSE("%%%{\"", -1, 5),
  /** Lists of things in which nothing is said. */
  HOLLOW("", 0, 1),
  /** Valid JSON of the wrong kind wherever a document is expected. */
  WRONG_JSON("[null]", Integer.MAX_VALUE, 5);

  private final String text;
  private final int number;
  private final int depth;

  AbsurdAnswers(String text, int number, int depth) {
    this.text = text;
    this.number = number;
    this.depth = depth;
  }

  @Override
  public Object answer(Class<?> answer, @Nullable Object[] arguments) {
    if (arguments.length > 1 && arguments[1] instanceof ResponseTransformer<?, ?> body) {
      return transformed(body);
    }
    try {
      return filled((SdkPojo) answer.getMethod("builder").invoke(null), depth, true);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(answer + " is not a model of the SDK", e);
    }
  }

  @SuppressWarnings("unchecked")
  private Object transformed(ResponseTransformer<?, ?> body) {
    try {
      GetObjectResponse head =
          (GetObjectResponse)
              filled((SdkPojo) GetObjectResponse.builder(), depth == 0 ? 0 : 1, true);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return ((ResponseTransformer<GetObjectResponse, ?>) body)
          .transform(head, AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Object filled(SdkPojo builder, int deep, boolean top) {
    if (top && builder instanceof software.amazon.awssdk.core.SdkResponse.Builder response) {
      response.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build());
    }
    for (SdkField<?> field : builder.sdkFields()) {
      Object value = deep == 0 || endsPages(field.memberName()) ? null : value(field, deep - 1);
      if (value != null) {
        field.set(builder, value);
      }
    }
    return builder instanceof SdkBuilder<?, ?> whole
        ? whole.build()
        : ((Buildable) builder).build();
  }

  /** A page that always has a next one would never end, whoever reads it. */
  private static boolean endsPages(String member) {
    String name = member.toLowerCase(Locale.ROOT);
    return name.contains("token")
        || name.contains("marker")
        || name.contains("truncated")
        || name.startsWith("lastevaluated");
  }

  private @Nullable Object value(SdkField<?> field, int deep) {
    boolean hollow = this == HOLLOW;
    return switch (field.marshallingType().toString()) {
      case "LIST" -> list(field, deep);
      case "MAP" -> hollow ? null : Map.of(text, element(map(field), deep));
      case "SdkPojo", "SDK_POJO" -> filled(field.constructor().get(), deep, false);
      default -> hollow ? null : scalar(field);
    };
  }

  private @Nullable Object list(SdkField<?> field, int deep) {
    SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
    if (this == HOLLOW && member.constructor() == null) {
      return null;
    }
    return List.of(element(member, deep));
  }

  private static SdkField<?> map(SdkField<?> field) {
    return field.getTrait(MapTrait.class).valueFieldInfo();
  }

  private Object element(SdkField<?> member, int deep) {
    if (member.constructor() != null) {
      return filled(member.constructor().get(), deep, false);
    }
    Object value = value(member, Math.max(deep - 1, 0));
    return value == null ? text : value;
  }

  private @Nullable Object scalar(SdkField<?> field) {
    Class<?> type = field.marshallingType().getTargetClass();
    if (type == String.class) {
      return text;
    } else if (type == Integer.class) {
      return number;
    } else if (type == Long.class) {
      return (long) number;
    } else if (type == Double.class) {
      return number == -1 ? Double.NaN : number;
    } else if (type == Float.class) {
      return (float) number;
    } else if (type == Short.class) {
      return (short) number;
    } else if (type == Boolean.class) {
      return Boolean.TRUE;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == SdkBytes.class) {
      return SdkBytes.fromUtf8String(text);
    }
    return null;
  }
}
