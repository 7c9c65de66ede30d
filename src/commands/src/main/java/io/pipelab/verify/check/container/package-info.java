/** Checks of images, tasks and their network. */
@NullMarked
package io.pipelab.verify.check.container;

import org.jspecify.annotations.NullMarked;
