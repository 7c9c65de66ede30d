package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** IAM's actions on the access keys of users. */
final class AccessKeyActions {
  /** What GetAccessKeyLastUsed says of a key that was never used. */
  private static final String NEVER = "N/A";

  private final Users users;

  AccessKeyActions(Users users) {
    this.users = users;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateAccessKeyRequest.class, this::createAccessKey)
        .on(ListAccessKeysRequest.class, this::listAccessKeys)
        .on(UpdateAccessKeyRequest.class, this::updateAccessKey)
        .on(DeleteAccessKeyRequest.class, this::deleteAccessKey)
        .on(GetAccessKeyLastUsedRequest.class, this::getAccessKeyLastUsed);
  }

  private CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest request, Caller caller) {
    if (isRoot(request.userName(), caller)) {
      throw AwsError.notImplemented("iam:CreateAccessKey for the root user, who needs none here");
    }
    User user = users.named(request.userName(), caller);
    UserKey key = users.keys().create(user);
    return CreateAccessKeyResponse.builder()
        .accessKey(
            AccessKey.builder()
                .userName(user.name())
                .accessKeyId(key.id())
                .secretAccessKey(key.secret())
                .status(StatusType.ACTIVE)
                .createDate(key.created())
                .build())
        .build();
  }

  private ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest request, Caller caller) {
    if (isRoot(request.userName(), caller)) {
      return ListAccessKeysResponse.builder()
          .accessKeyMetadata(List.of())
          .isTruncated(false)
          .build();
    }
    User user = users.named(request.userName(), caller);
    Page<UserKey> page = Listing.page(users.keys().of(user), request.marker(), request.maxItems());
    return ListAccessKeysResponse.builder()
        .accessKeyMetadata(page.items().stream().map(key -> metadata(user, key)).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private static AccessKeyMetadata metadata(User user, UserKey key) {
    return AccessKeyMetadata.builder()
        .userName(user.name())
        .accessKeyId(key.id())
        .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
        .createDate(key.created())
        .build();
  }

  private UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest request, Caller caller) {
    User user = users.named(request.userName(), caller);
    users.keys().setActive(user, request.accessKeyId(), request.status() == StatusType.ACTIVE);
    return UpdateAccessKeyResponse.builder().build();
  }

  private DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest request, Caller caller) {
    users.keys().delete(users.named(request.userName(), caller), request.accessKeyId());
    return DeleteAccessKeyResponse.builder().build();
  }

  private GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest request) {
    User user = users.keys().owner(request.accessKeyId());
    AccessKeyLastUsed used =
        users
            .keys()
            .lastUse(request.accessKeyId())
            .map(
                use ->
                    AccessKeyLastUsed.builder()
                        .lastUsedDate(use.at())
                        .serviceName(use.service())
                        .region(use.region())
                        .build())
            .orElseGet(() -> AccessKeyLastUsed.builder().serviceName(NEVER).region(NEVER).build());
    return GetAccessKeyLastUsedResponse.builder()
        .userName(user.name())
        .accessKeyLastUsed(used)
        .build();
  }

  private static boolean isRoot(@Nullable String userName, Caller caller) {
    return userName == null && caller instanceof Caller.Operator;
  }
}
