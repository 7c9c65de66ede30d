/**
 * Containers without a container engine: an image's layers unpacked safely, and its Java program
 * run by the host's JVM.
 */
@NullMarked
package io.pipelab.local.ecs.container;

import org.jspecify.annotations.NullMarked;
