package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileResponse;

/** IAM's actions on instance profiles. */
final class InstanceProfileActions {
  private final InstanceProfiles profiles;

  InstanceProfileActions(InstanceProfiles profiles) {
    this.profiles = profiles;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateInstanceProfileRequest.class, this::createInstanceProfile)
        .on(GetInstanceProfileRequest.class, this::getInstanceProfile)
        .on(ListInstanceProfilesRequest.class, this::listInstanceProfiles)
        .on(DeleteInstanceProfileRequest.class, this::deleteInstanceProfile)
        .on(AddRoleToInstanceProfileRequest.class, this::addRoleToInstanceProfile)
        .on(RemoveRoleFromInstanceProfileRequest.class, this::removeRoleFromInstanceProfile)
        .on(ListInstanceProfilesForRoleRequest.class, this::listInstanceProfilesForRole)
        .on(TagInstanceProfileRequest.class, this::tagInstanceProfile)
        .on(UntagInstanceProfileRequest.class, this::untagInstanceProfile)
        .on(ListInstanceProfileTagsRequest.class, this::listInstanceProfileTags);
  }

  private CreateInstanceProfileResponse createInstanceProfile(
      CreateInstanceProfileRequest request) {
    InstanceProfile profile =
        profiles.create(
            Objects.requireNonNullElse(request.path(), "/"),
            request.instanceProfileName(),
            Tags.of(request.tags()));
    return CreateInstanceProfileResponse.builder().instanceProfile(model(profile)).build();
  }

  private GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest request) {
    return GetInstanceProfileResponse.builder()
        .instanceProfile(model(profiles.get(request.instanceProfileName())))
        .build();
  }

  private ListInstanceProfilesResponse listInstanceProfiles(ListInstanceProfilesRequest request) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    Page<InstanceProfile> page =
        Listing.page(profiles.list(prefix), request.marker(), request.maxItems());
    return ListInstanceProfilesResponse.builder()
        .instanceProfiles(page.items().stream().map(this::listed).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private DeleteInstanceProfileResponse deleteInstanceProfile(
      DeleteInstanceProfileRequest request) {
    profiles.delete(request.instanceProfileName());
    return DeleteInstanceProfileResponse.builder().build();
  }

  private AddRoleToInstanceProfileResponse addRoleToInstanceProfile(
      AddRoleToInstanceProfileRequest request) {
    profiles.addRole(request.instanceProfileName(), request.roleName());
    return AddRoleToInstanceProfileResponse.builder().build();
  }

  private RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
      RemoveRoleFromInstanceProfileRequest request) {
    profiles.removeRole(request.instanceProfileName(), request.roleName());
    return RemoveRoleFromInstanceProfileResponse.builder().build();
  }

  private ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      ListInstanceProfilesForRoleRequest request) {
    Page<InstanceProfile> page =
        Listing.page(profiles.ofRole(request.roleName()), request.marker(), request.maxItems());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(page.items().stream().map(this::listed).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private TagInstanceProfileResponse tagInstanceProfile(TagInstanceProfileRequest request) {
    profiles.change(
        request.instanceProfileName(),
        profile -> profile.withTags(Tags.merged(profile.tags(), request.tags())));
    return TagInstanceProfileResponse.builder().build();
  }

  private UntagInstanceProfileResponse untagInstanceProfile(UntagInstanceProfileRequest request) {
    profiles.change(
        request.instanceProfileName(),
        profile -> profile.withTags(Tags.without(profile.tags(), request.tagKeys())));
    return UntagInstanceProfileResponse.builder().build();
  }

  private ListInstanceProfileTagsResponse listInstanceProfileTags(
      ListInstanceProfileTagsRequest request) {
    Page<Tag> page =
        Tags.page(
            profiles.get(request.instanceProfileName()).tags(),
            request.marker(),
            request.maxItems());
    return ListInstanceProfileTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  /** Lists leave tags out, as the API Reference says. */
  private software.amazon.awssdk.services.iam.model.InstanceProfile listed(
      InstanceProfile profile) {
    return model(profile).toBuilder().tags((List<Tag>) null).build();
  }

  /** A role's profiles. */
  List<software.amazon.awssdk.services.iam.model.InstanceProfile> models(Role role) {
    return profiles.ofRole(role.name()).stream().map(this::listed).toList();
  }

  private software.amazon.awssdk.services.iam.model.InstanceProfile model(InstanceProfile profile) {
    Role role = profiles.role(profile);
    return software.amazon.awssdk.services.iam.model.InstanceProfile.builder()
        .path(profile.path())
        .instanceProfileName(profile.name())
        .instanceProfileId(profile.id())
        .arn(profile.arn())
        .createDate(profile.created())
        .roles(role == null ? List.of() : List.of(IamModels.role(role).build()))
        .tags(Tags.shown(profile.tags()))
        .build();
  }
}
