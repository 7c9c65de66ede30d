package io.pipelab.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Finds the handler that a function's configuration names: {@code package.Class}, which implements
 * one of AWS's two interfaces, or {@code package.Class::method}.
 */
final class HandlerLoader {
  private static final String INTERFACE_METHOD = "handleRequest";

  private final ClassLoader classes;

  HandlerLoader(ClassLoader classes) {
    this.classes = classes;
  }

  /** Loads the class, makes its instance, and binds the method. */
  EventHandler load(String handler) throws Throwable {
    int cut = handler.indexOf("::");
    Class<?> type = type(cut < 0 ? handler : handler.substring(0, cut));
    boolean known =
        RequestHandler.class.isAssignableFrom(type)
            || RequestStreamHandler.class.isAssignableFrom(type);
    if (cut < 0 && !known) {
      throw new HandlerFault(
          "Class " + type.getName() + " does not implement an appropriate handler interface",
          Exception.class);
    }
    Method method = method(type, cut < 0 ? INTERFACE_METHOD : handler.substring(cut + 2));
    Object instance = Modifier.isStatic(method.getModifiers()) ? type : instance(type);
    return isStream(method) ? stream(instance, method) : new PojoHandler(instance, method);
  }

  private Class<?> type(String name) throws HandlerFault {
    try {
      return Class.forName(name, true, classes);
    } catch (ClassNotFoundException e) {
      throw new HandlerFault("Class not found: " + name, ClassNotFoundException.class);
    } catch (NoClassDefFoundError e) {
      throw new HandlerFault(
          "Error loading class " + name + ": " + e.getMessage(), NoClassDefFoundError.class);
    }
  }

  private static Object instance(Class<?> type) throws Throwable {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw new HandlerFault(
          "Class " + type.getName() + " has no public zero-argument constructor", Exception.class);
    } catch (IllegalAccessException | InstantiationException e) {
      throw new HandlerFault("Class " + type.getName() + " cannot be instantiated", e.getClass());
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Of several methods of that name, the one with the most parameters, as AWS chooses. */
  private static Method method(Class<?> type, String name) throws HandlerFault {
    Method found =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals(name) && !method.isBridge())
            .filter(method -> isStream(method) || isPojo(method))
            .max(Comparator.comparingInt(Method::getParameterCount))
            .orElseThrow(
                () ->
                    new HandlerFault(
                        "No public method named "
                            + name
                            + " with appropriate method signature found on class "
                            + type.getName(),
                        Exception.class));
    // The class itself need not be public.
    found.trySetAccessible();
    return found;
  }

  private static boolean isStream(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return (parameters.length == 2 || parameters.length == 3 && parameters[2] == Context.class)
        && parameters[0] == InputStream.class
        && parameters[1] == OutputStream.class;
  }

  private static boolean isPojo(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length < 2 || parameters.length == 2 && parameters[1] == Context.class;
  }

  private static EventHandler stream(Object instance, Method method) {
    return (event, context) -> {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream input = new ByteArrayInputStream(event);
      if (method.getParameterCount() == 3) {
        call(method, instance, input, answer, context);
      } else {
        call(method, instance, input, answer);
      }
      return answer.toByteArray();
    };
  }

  /** Calls a method and throws what it throws. */
  static Object call(Method method, Object instance, Object... arguments) throws Throwable {
    try {
      return method.invoke(instance, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
