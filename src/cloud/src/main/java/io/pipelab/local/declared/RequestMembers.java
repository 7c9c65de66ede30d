package io.pipelab.local.declared;

import java.util.List;

/**
 * The members of one request by their paths, {@code Delete.Objects.Key}: a path leads through each
 * item of a list and each value of a map.
 */
public interface RequestMembers {
  /** The scalars at a path as text, in their order; empty when nothing is set there. */
  List<String> values(String path);

  /** The keys of the map at a path; empty when there is none. */
  List<String> keys(String path);

  /** Whether something is set at a path, be it a scalar or a structure. */
  boolean has(String path);
}
