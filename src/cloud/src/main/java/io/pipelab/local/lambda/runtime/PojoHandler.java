package io.pipelab.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A handler method that takes and returns objects; AWS's own serialization turns them from and into
 * JSON, so the function's jar needs none.
 */
final class PojoHandler implements EventHandler {
  private final Object instance;
  private final Method method;
  private final @Nullable PojoSerializer<Object> input;
  private final PojoSerializer<Object> output;

  PojoHandler(Object instance, Method method) {
    this.instance = instance;
    this.method = method;
    Type[] parameters = method.getGenericParameterTypes();
    boolean event = parameters.length > 0 && parameters[0] != Context.class;
    this.input = event ? serializer(parameters[0], method.getParameterTypes()[0]) : null;
    Type result = method.getGenericReturnType();
    this.output = serializer(result == void.class ? Object.class : result, method.getReturnType());
  }

  @SuppressWarnings("unchecked") // a serializer is asked only for objects of its own type
  private static PojoSerializer<Object> serializer(Type type, Class<?> raw) {
    if (LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())) {
      return (PojoSerializer<Object>)
          LambdaEventSerializers.serializerFor(raw, raw.getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  @Override
  public byte[] handle(byte[] event, Context context) throws Throwable {
    Object answer = HandlerLoader.call(method, instance, arguments(event, context));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    output.toJson(answer, json);
    return json.toByteArray();
  }

  private @Nullable Object[] arguments(byte[] event, Context context) {
    if (input == null) {
      return method.getParameterCount() == 0 ? new Object[0] : new Object[] {context};
    }
    Object first = read(input, event);
    return method.getParameterCount() == 1 ? new Object[] {first} : new Object[] {first, context};
  }

  private static @Nullable Object read(PojoSerializer<Object> input, byte[] event) {
    try {
      return input.fromJson(new ByteArrayInputStream(event));
    } catch (RuntimeException e) {
      throw new RuntimeException("An error occurred during JSON parsing", e);
    }
  }
}
