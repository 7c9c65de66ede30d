/** ECS of the embedded cloud: Fargate tasks that run from pushed images as real processes. */
@NullMarked
package io.pipelab.local.ecs;

import org.jspecify.annotations.NullMarked;
