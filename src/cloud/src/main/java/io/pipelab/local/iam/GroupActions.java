package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupResponse;

/** IAM's actions on groups and who is in them. */
final class GroupActions {
  private final Users users;

  GroupActions(Users users) {
    this.users = users;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateGroupRequest.class, this::createGroup)
        .on(GetGroupRequest.class, this::getGroup)
        .on(ListGroupsRequest.class, this::listGroups)
        .on(UpdateGroupRequest.class, this::updateGroup)
        .on(DeleteGroupRequest.class, this::deleteGroup)
        .on(AddUserToGroupRequest.class, this::addUserToGroup)
        .on(RemoveUserFromGroupRequest.class, this::removeUserFromGroup)
        .on(ListGroupsForUserRequest.class, this::listGroupsForUser);
  }

  private CreateGroupResponse createGroup(CreateGroupRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    Group group = users.createGroup(path, request.groupName());
    return CreateGroupResponse.builder().group(IamModels.group(group)).build();
  }

  private GetGroupResponse getGroup(GetGroupRequest request) {
    Group group = users.groups().get(request.groupName());
    Page<User> page = Listing.page(users.members(group), request.marker(), request.maxItems());
    return GetGroupResponse.builder()
        .group(IamModels.group(group))
        .users(page.items().stream().map(UserActions::listed).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private ListGroupsResponse listGroups(ListGroupsRequest request) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    Page<Group> page =
        Listing.page(users.groups().list(prefix), request.marker(), request.maxItems());
    return ListGroupsResponse.builder()
        .groups(page.items().stream().map(IamModels::group).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private UpdateGroupResponse updateGroup(UpdateGroupRequest request) {
    users.groups().rename(request.groupName(), request.newPath(), request.newGroupName());
    return UpdateGroupResponse.builder().build();
  }

  private DeleteGroupResponse deleteGroup(DeleteGroupRequest request) {
    users.deleteGroup(request.groupName());
    return DeleteGroupResponse.builder().build();
  }

  private AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest request) {
    users.join(request.groupName(), request.userName());
    return AddUserToGroupResponse.builder().build();
  }

  private RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest request) {
    users.leave(request.groupName(), request.userName());
    return RemoveUserFromGroupResponse.builder().build();
  }

  private ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest request) {
    List<Group> mine = users.groupsOf(users.all().get(request.userName()));
    Page<Group> page = Listing.page(mine, request.marker(), request.maxItems());
    return ListGroupsForUserResponse.builder()
        .groups(page.items().stream().map(IamModels::group).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }
}
