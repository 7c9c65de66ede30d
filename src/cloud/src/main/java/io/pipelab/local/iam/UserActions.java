package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserResponse;

/** IAM's user actions. */
final class UserActions {
  private final Users users;
  private final ManagedPolicies policies;
  private final HeldPolicies<User> held;
  private final CloudIdentity cloud;
  private final Instant started;

  UserActions(
      Users users,
      ManagedPolicies policies,
      HeldPolicies<User> held,
      CloudIdentity cloud,
      CloudClock clock) {
    this.users = users;
    this.policies = policies;
    this.held = held;
    this.cloud = cloud;
    this.started = clock.now();
  }

  void addTo(Actions actions) {
    actions
        .on(CreateUserRequest.class, this::createUser)
        .on(GetUserRequest.class, this::getUser)
        .on(ListUsersRequest.class, this::listUsers)
        .on(UpdateUserRequest.class, this::updateUser)
        .on(DeleteUserRequest.class, this::deleteUser)
        .on(PutUserPermissionsBoundaryRequest.class, this::putUserPermissionsBoundary)
        .on(DeleteUserPermissionsBoundaryRequest.class, this::deleteUserPermissionsBoundary)
        .on(TagUserRequest.class, this::tagUser)
        .on(UntagUserRequest.class, this::untagUser)
        .on(ListUserTagsRequest.class, this::listUserTags);
  }

  private CreateUserResponse createUser(CreateUserRequest request) {
    if (request.permissionsBoundary() != null) {
      policies.boundary(request.permissionsBoundary());
    }
    User user =
        users.create(
            Objects.requireNonNullElse(request.path(), "/"),
            request.userName(),
            Tags.of(request.tags()),
            request.permissionsBoundary());
    return CreateUserResponse.builder().user(IamModels.user(user).build()).build();
  }

  private GetUserResponse getUser(GetUserRequest request, Caller caller) {
    if (request.userName() == null && caller instanceof Caller.Operator) {
      return GetUserResponse.builder().user(root()).build();
    }
    User user = users.named(request.userName(), caller);
    return GetUserResponse.builder().user(IamModels.user(user).build()).build();
  }

  /** The root user has neither a name nor a path. */
  private software.amazon.awssdk.services.iam.model.User root() {
    return software.amazon.awssdk.services.iam.model.User.builder()
        .userId(cloud.account())
        .arn(cloud.globalArn("iam", "root"))
        .createDate(started)
        .build();
  }

  private ListUsersResponse listUsers(ListUsersRequest request) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    Page<User> page = Listing.page(users.all().list(prefix), request.marker(), request.maxItems());
    return ListUsersResponse.builder()
        .users(page.items().stream().map(UserActions::listed).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  /** Lists leave tags and boundaries out, as the API Reference says. */
  static software.amazon.awssdk.services.iam.model.User listed(User user) {
    return IamModels.user(user)
        .tags((List<Tag>) null)
        .permissionsBoundary((AttachedPermissionsBoundary) null)
        .build();
  }

  private UpdateUserResponse updateUser(UpdateUserRequest request) {
    users.all().rename(request.userName(), request.newPath(), request.newUserName());
    return UpdateUserResponse.builder().build();
  }

  private DeleteUserResponse deleteUser(DeleteUserRequest request) {
    users.delete(request.userName());
    return DeleteUserResponse.builder().build();
  }

  private PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(
      PutUserPermissionsBoundaryRequest request) {
    held.bind(request.userName(), request.permissionsBoundary());
    return PutUserPermissionsBoundaryResponse.builder().build();
  }

  private DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
      DeleteUserPermissionsBoundaryRequest request) {
    held.unbind(request.userName());
    return DeleteUserPermissionsBoundaryResponse.builder().build();
  }

  private TagUserResponse tagUser(TagUserRequest request) {
    users
        .all()
        .alter(request.userName(), user -> user.withTags(Tags.merged(user.tags(), request.tags())));
    return TagUserResponse.builder().build();
  }

  private UntagUserResponse untagUser(UntagUserRequest request) {
    users
        .all()
        .alter(
            request.userName(),
            user -> user.withTags(Tags.without(user.tags(), request.tagKeys())));
    return UntagUserResponse.builder().build();
  }

  private ListUserTagsResponse listUserTags(ListUserTagsRequest request) {
    Map<String, String> tags = users.all().get(request.userName()).identity().tags();
    Page<Tag> page = Tags.page(tags, request.marker(), request.maxItems());
    return ListUserTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }
}
