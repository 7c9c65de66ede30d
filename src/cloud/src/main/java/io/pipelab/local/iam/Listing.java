package io.pipelab.local.iam;

import io.pipelab.local.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IAM's lists: a hundred items when nobody says how many, and at most a thousand. */
final class Listing {
  private static final int PAGE = 100;
  private static final int MOST = 1000;

  private Listing() {}

  static <T> Page<T> page(List<T> all, @Nullable String marker, @Nullable Integer most) {
    return Page.of(all, marker, most == null ? PAGE : most, MOST);
  }
}
