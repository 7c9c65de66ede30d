/** The steps until a lab stands: the cloud, the stacks, the artifacts and the images. */
@NullMarked
package io.pipelab.workflow.up;

import org.jspecify.annotations.NullMarked;
