package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.target.Target;
import io.pipelab.workflow.doctor.LeastPolicy;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the policies of {@code doctor --print-policy}: on stdout nothing but JSON. */
record PolicyPage(Session session, LeastPolicy.Use use) {
  private static final String SCHEMA = "pipelab.policy/1";

  ExitCode print(@Nullable String lab) {
    LabInstance instance = session.lab(lab);
    LeastPolicy.Place place = place();
    List<Map<String, Object>> documents =
        LeastPolicy.documents(instance, parameters(instance), place, use);
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", SCHEMA);
      json.put("lab", instance.lab().id());
      json.put("instance", instance.instance());
      json.put("for", use.toString());
      json.put("account", place.id());
      json.put("region", place.region());
      json.put("policies", documents);
      Json.print(out, json);
      return ExitCode.OK;
    }
    say(instance, place, documents.size());
    documents.forEach(document -> Json.print(out, document));
    return ExitCode.OK;
  }

  private void say(LabInstance instance, LeastPolicy.Place place, int count) {
    session
        .progress()
        .note(
            "the least policy for %s of lab %s, account %s, region %s"
                .formatted(use, instance.asArguments(), place.id(), place.region()));
    if (count > 1) {
      session
          .progress()
          .note(
              count
                  + " policies, to be attached together: a managed policy holds 6,144 characters"
                  + " (-o json prints them as one document)");
    }
    if (place.id().equals("*")) {
      session.progress().note("--target aws names your own account and region in it");
    }
  }

  /** Only real AWS has an account worth naming; elsewhere the policy holds for any. */
  private LeastPolicy.Place place() {
    if (!(session.target() instanceof Target.Aws)) {
      String region = session.target().region();
      return new LeastPolicy.Place("aws", "*", region == null ? "*" : region);
    }
    var caller = session.clients().sts().getCallerIdentity();
    return new LeastPolicy.Place(
        caller.arn().split(":", 3)[1],
        caller.account(),
        session.clients().sts().serviceClientConfiguration().region().id());
  }

  /** Those of AWS: the policy is for there. */
  private Map<String, String> parameters(LabInstance instance) {
    return instance.lab().parameterValues(false, session.givenParameters());
  }
}
