/**
 * ECR of the embedded cloud: repositories and images by API, and a registry that Docker, Jib and
 * crane push to and pull from.
 */
@NullMarked
package io.pipelab.local.ecr;

import org.jspecify.annotations.NullMarked;
