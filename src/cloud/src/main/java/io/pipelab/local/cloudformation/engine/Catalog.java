package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.template.Invalid;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The resource types that services offer, by name; asked for on first use. */
public final class Catalog {
  private final Supplier<Collection<ResourceType>> source;
  private volatile @Nullable Map<String, ResourceType> types;

  public Catalog(Supplier<Collection<ResourceType>> source) {
    this.source = source;
  }

  /** All types by name. */
  public Map<String, ResourceType> byName() {
    Map<String, ResourceType> known = types;
    if (known == null) {
      Map<String, ResourceType> loaded = new LinkedHashMap<>();
      for (ResourceType type : source.get()) {
        if (loaded.putIfAbsent(type.schema().typeName(), type) != null) {
          throw new IllegalStateException("two resource types " + type.schema().typeName());
        }
      }
      known = Map.copyOf(loaded);
      types = known;
    }
    return known;
  }

  ResourceType type(String name) {
    ResourceType type = byName().get(name);
    if (type == null) {
      throw Invalid.request("Template error: Unsupported resource type " + name);
    }
    return type;
  }
}
