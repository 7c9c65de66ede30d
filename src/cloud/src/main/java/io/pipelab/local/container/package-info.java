/**
 * Images without a container engine: layers unpacked safely, and an image's Java program as the
 * host's JVM runs it. ECS's tasks and Lambda's functions stand on it.
 */
@NullMarked
package io.pipelab.local.container;

import org.jspecify.annotations.NullMarked;
