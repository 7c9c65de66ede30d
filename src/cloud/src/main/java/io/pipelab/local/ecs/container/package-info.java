/** ECS's containers: an image's Java program as a child process with a folder and a log. */
@NullMarked
package io.pipelab.local.ecs.container;

import org.jspecify.annotations.NullMarked;
