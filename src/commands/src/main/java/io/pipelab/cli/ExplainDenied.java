package io.pipelab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.report.DenialText;
import io.pipelab.report.Json;
import io.pipelab.target.CloudState;
import io.pipelab.target.Failure;
import io.pipelab.target.HttpCaller;
import io.pipelab.target.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code pipelab explain denied [ID]}: what the embedded cloud refused, to whom, and what would
 * have allowed it.
 */
final class ExplainDenied {
  private static final String PATH = "/_pipelab/denied";

  private final Session session;

  ExplainDenied(Session session) {
    this.session = session;
  }

  /**
   * Prints one refusal, or the last ones.
   *
   * @param id the id that a message names, or that of a request; null for all
   */
  ExitCode run(@Nullable String id) {
    JsonNode denied = denied(cloud(), id);
    if (id != null && denied.isEmpty()) {
      throw Failure.usage(
          "nothing was refused under the id '" + id + "', or it is forgotten",
          "'pipelab explain denied' lists what was refused last");
    }
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.denied/1");
      json.put("denied", denied);
      Json.print(out, json);
    } else if (denied.isEmpty()) {
      out.println("the embedded cloud refused nothing");
    } else {
      DenialText.lines(denied, id != null).forEach(out::println);
    }
    return ExitCode.OK;
  }

  private CloudState cloud() {
    if (!(session.target() instanceof Target.Local)) {
      throw Failure.usage(
          "'explain denied' asks the embedded cloud; it is not available on "
              + session.target().name(),
          "on AWS, GetRequestAuthorizationDetails explains the authorization id of a message, and"
              + " DecodeAuthorizationMessage what EC2 encodes: 'aws sts"
              + " decode-authorization-message --encoded-message MESSAGE'");
    }
    CloudState running = session.localCloud().look().running();
    if (running == null) {
      throw Failure.usage(
          "the embedded cloud is not running: what it refused is forgotten with it",
          "'pipelab up' starts it");
    }
    return running;
  }

  private static JsonNode denied(CloudState cloud, @Nullable String id) {
    if (id != null && !id.matches("[0-9A-Za-z-]{1,100}")) {
      throw Failure.usage("'" + id + "' is not a valid id", "copy it from the message");
    }
    String path = id == null ? PATH : PATH + "/" + id;
    try {
      HttpCaller.Answer answer =
          new HttpCaller().call("GET", cloud.endpoint().toString(), path, null);
      return new ObjectMapper().readTree(answer.body()).path("denied");
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "the embedded cloud at " + cloud.endpoint() + " does not tell what it refused",
          String.valueOf(e.getMessage()),
          "its log is " + cloud.log());
    }
  }
}
