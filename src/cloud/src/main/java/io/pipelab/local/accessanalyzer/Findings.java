package io.pipelab.local.accessanalyzer;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.accessanalyzer.model.Location;
import software.amazon.awssdk.services.accessanalyzer.model.PathElement;
import software.amazon.awssdk.services.accessanalyzer.model.Position;
import software.amazon.awssdk.services.accessanalyzer.model.Span;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFinding;

/** The findings of one policy, in the order in which they are found. */
final class Findings {
  private final List<ValidatePolicyFinding> all = new ArrayList<>();

  List<ValidatePolicyFinding> all() {
    return all;
  }

  /** One more, at a place without a path: where reading stopped. */
  void add(Issue issue, Located.Place at, Object... values) {
    add(issue, location(List.of(), at, at), values);
  }

  /** One more, at a value. */
  void add(Issue issue, List<PathElement> path, Located where, Object... values) {
    add(issue, location(path, where.start(), where.end()), values);
  }

  private void add(Issue issue, Location location, Object... values) {
    all.add(
        ValidatePolicyFinding.builder()
            .findingType(issue.type())
            .issueCode(issue.name())
            .findingDetails(issue.message(values))
            .learnMoreLink(issue.link())
            .locations(location)
            .build());
  }

  private static Location location(List<PathElement> path, Located.Place start, Located.Place end) {
    return Location.builder()
        .path(path)
        .span(Span.builder().start(position(start)).end(position(end)).build())
        .build();
  }

  private static Position position(Located.Place place) {
    return Position.builder()
        .line(place.line())
        .column(place.column())
        .offset(place.offset())
        .build();
  }

  /** A path with the value of one more member. */
  static List<PathElement> below(List<PathElement> path, String member) {
    return longer(path, PathElement.fromValue(member));
  }

  /** A path with one more item of a list. */
  static List<PathElement> below(List<PathElement> path, int index) {
    return longer(path, PathElement.fromIndex(index));
  }

  private static List<PathElement> longer(List<PathElement> path, PathElement last) {
    List<PathElement> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }
}
