package io.pipelab.local.apigatewayv2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All HTTP APIs, by id. */
final class Apis {
  private final Map<String, HttpApi> byId = new ConcurrentSkipListMap<>();

  void add(HttpApi api) {
    byId.put(api.id, api);
  }

  Optional<HttpApi> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * An API.
   *
   * @throws io.pipelab.local.kernel.AwsError NotFoundException
   */
  HttpApi get(String id) {
    return find(id).orElseThrow(() -> Refusal.unknown("API", id));
  }

  void remove(String id) {
    get(id);
    byId.remove(id);
  }

  List<HttpApi> all() {
    return List.copyOf(byId.values());
  }
}
