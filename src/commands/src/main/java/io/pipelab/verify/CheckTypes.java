package io.pipelab.verify;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Place;
import io.pipelab.lab.References;
import io.pipelab.lab.Settings;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.api.AccessLogLines;
import io.pipelab.verify.check.api.ApiCalls;
import io.pipelab.verify.check.api.HttpApiShape;
import io.pipelab.verify.check.bucket.BucketLifecycle;
import io.pipelab.verify.check.bucket.BucketNotification;
import io.pipelab.verify.check.bucket.BucketSettings;
import io.pipelab.verify.check.bucket.FilesUploaded;
import io.pipelab.verify.check.cloudwatch.AlarmConfiguration;
import io.pipelab.verify.check.cloudwatch.AlarmHistory;
import io.pipelab.verify.check.cloudwatch.AlarmState;
import io.pipelab.verify.check.cloudwatch.LogContains;
import io.pipelab.verify.check.cloudwatch.LogRetention;
import io.pipelab.verify.check.cloudwatch.MetricSum;
import io.pipelab.verify.check.container.ClusterStatus;
import io.pipelab.verify.check.container.ImageManifest;
import io.pipelab.verify.check.container.RepositoryPull;
import io.pipelab.verify.check.container.SecurityGroupRules;
import io.pipelab.verify.check.container.TaskDefinitionShape;
import io.pipelab.verify.check.container.TasksRan;
import io.pipelab.verify.check.container.TasksStopped;
import io.pipelab.verify.check.database.DatabaseInstance;
import io.pipelab.verify.check.function.ColdStarts;
import io.pipelab.verify.check.function.EventSourceMappingShape;
import io.pipelab.verify.check.function.FunctionAddress;
import io.pipelab.verify.check.function.FunctionConfiguration;
import io.pipelab.verify.check.function.FunctionIdentity;
import io.pipelab.verify.check.function.FunctionImage;
import io.pipelab.verify.check.function.FunctionNetwork;
import io.pipelab.verify.check.function.FunctionPolicy;
import io.pipelab.verify.check.function.InvocationMetrics;
import io.pipelab.verify.check.function.PublishedVersion;
import io.pipelab.verify.check.function.ReportLines;
import io.pipelab.verify.check.function.UrlPermissions;
import io.pipelab.verify.check.network.InterfaceEndpoint;
import io.pipelab.verify.check.network.VpcSubnets;
import io.pipelab.verify.check.picture.DeadLetterPictures;
import io.pipelab.verify.check.picture.NothingMade;
import io.pipelab.verify.check.picture.PicturesMade;
import io.pipelab.verify.check.policy.RolePolicies;
import io.pipelab.verify.check.queue.DeadLetters;
import io.pipelab.verify.check.queue.MessagesKept;
import io.pipelab.verify.check.queue.MessagesSent;
import io.pipelab.verify.check.queue.PoisonReceives;
import io.pipelab.verify.check.queue.QueueAttributes;
import io.pipelab.verify.check.queue.QueueDepth;
import io.pipelab.verify.check.queue.QueuePolicy;
import io.pipelab.verify.check.queue.RedrivePolicy;
import io.pipelab.verify.check.queue.VisibilityCoversTimeout;
import io.pipelab.verify.check.secret.SecretKept;
import io.pipelab.verify.check.stack.UpdateRefused;
import io.pipelab.verify.check.table.ItemsOfRun;
import io.pipelab.verify.check.table.RowsQueued;
import io.pipelab.verify.check.table.RowsStored;
import io.pipelab.verify.check.table.TableSchema;
import io.pipelab.verify.check.task.MappingWasOff;
import io.pipelab.verify.check.task.TaskSchema;
import io.pipelab.verify.check.task.TasksCompleted;
import io.pipelab.verify.check.task.TasksWait;
import io.pipelab.verify.check.topic.EmailSubscription;
import io.pipelab.verify.check.topic.PublishedInLog;
import io.pipelab.verify.check.topic.TopicExists;
import io.pipelab.verify.check.topic.TopicPolicy;
import io.pipelab.verify.check.topic.TopicSubscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of check types: one row each. */
public final class CheckTypes {
  private static final List<CheckType> ALL =
      List.of(
          // as it was built
          TableSchema.TYPE,
          ImageManifest.TYPE,
          ClusterStatus.TYPE,
          TaskDefinitionShape.TYPE,
          SecurityGroupRules.TYPE,
          RolePolicies.TYPE,
          FunctionConfiguration.TYPE,
          FunctionPolicy.TYPE,
          QueueAttributes.TYPE,
          RedrivePolicy.TYPE,
          TopicExists.TYPE,
          TopicSubscription.TYPE,
          AlarmConfiguration.TYPE,
          TopicPolicy.TYPE,
          QueuePolicy.TYPE,
          BucketSettings.TYPE,
          BucketNotification.TYPE,
          BucketLifecycle.TYPE,
          EventSourceMappingShape.TYPE,
          VisibilityCoversTimeout.TYPE,
          EmailSubscription.TYPE,
          HttpApiShape.TYPE,
          VpcSubnets.TYPE,
          InterfaceEndpoint.TYPE,
          DatabaseInstance.TYPE,
          FunctionNetwork.TYPE,
          FunctionAddress.TYPE,
          UrlPermissions.TYPE,
          SecretKept.TYPE,
          LogRetention.TYPE,
          RepositoryPull.TYPE,
          FunctionImage.TYPE,
          // as it moved
          MessagesSent.TYPE,
          MessagesKept.TYPE,
          AlarmHistory.TYPE,
          LogContains.TYPE,
          MetricSum.TYPE,
          TasksRan.TYPE,
          ItemsOfRun.TYPE,
          QueueDepth.TYPE,
          DeadLetters.TYPE,
          TasksStopped.TYPE,
          AlarmState.TYPE,
          PublishedInLog.TYPE,
          FilesUploaded.TYPE,
          PicturesMade.TYPE,
          NothingMade.TYPE,
          DeadLetterPictures.TYPE,
          ReportLines.TYPE,
          InvocationMetrics.TYPE,
          RowsQueued.TYPE,
          RowsStored.TYPE,
          PoisonReceives.TYPE,
          ApiCalls.TYPE,
          AccessLogLines.TYPE,
          PublishedVersion.TYPE,
          TaskSchema.TYPE,
          TasksWait.TYPE,
          TasksCompleted.TYPE,
          ColdStarts.TYPE,
          FunctionIdentity.TYPE,
          MappingWasOff.TYPE,
          UpdateRefused.TYPE);

  private static final Map<String, CheckType> BY_NAME = byName();

  private CheckTypes() {}

  private static Map<String, CheckType> byName() {
    Map<String, CheckType> types = new LinkedHashMap<>();
    ALL.forEach(type -> types.put(type.name(), type));
    return types;
  }

  /** Every type, in the table's order. */
  public static List<CheckType> all() {
    return ALL;
  }

  /** The type of a check whose manifest was {@link #validate validated}. */
  public static CheckType of(CheckSpec check) {
    CheckType type = BY_NAME.get(check.type());
    if (type == null) {
      throw new IllegalArgumentException("unknown check type " + check.type());
    }
    return type;
  }

  /**
   * Holds a lab's checks against the types.
   *
   * @throws ManifestError with every unknown type and setting, and every one that is missing
   */
  public static void validate(Lab lab) {
    List<Mistake> mistakes = mistakesIn(lab);
    if (!mistakes.isEmpty()) {
      throw new ManifestError(mistakes);
    }
  }

  /** Every unknown type and setting, and every one that is missing. */
  static List<Mistake> mistakesIn(Lab lab) {
    List<Mistake> mistakes = new ArrayList<>();
    for (StepSpec step : lab.steps()) {
      for (CheckSpec check : step.checks()) {
        CheckType type = BY_NAME.get(check.type());
        if (type != null) {
          mistakes.addAll(type.mistakesIn(lab.manifest(), step.id(), check));
        } else if (!check.type().isEmpty()) {
          Place place = new Place(lab.manifest(), check.line(), 0);
          String hint = NearestName.hint(check.type(), BY_NAME.keySet());
          mistakes.add(
              new Mistake(
                  place,
                  step.id() + "." + check.id() + ".type",
                  "unknown check type \"" + check.type() + "\"" + hint));
        }
      }
    }
    return mistakes;
  }

  /**
   * The mistakes in the values of a lab's checks whose names are right.
   *
   * @param references values, or stand-ins, for every reference in the manifest
   */
  public static List<Mistake> mistakesIn(Lab lab, References references) {
    List<Mistake> mistakes = new ArrayList<>(mistakesIn(lab));
    for (StepSpec step : lab.steps()) {
      for (CheckSpec check : step.checks()) {
        CheckType type = BY_NAME.get(check.type());
        if (type != null && type.mistakesIn(lab.manifest(), step.id(), check).isEmpty()) {
          try {
            type.make(Settings.of(lab.manifest(), check, references.resolveSettings(check.with())));
          } catch (ManifestError e) {
            mistakes.addAll(e.mistakes());
          }
        }
      }
    }
    return mistakes;
  }
}
