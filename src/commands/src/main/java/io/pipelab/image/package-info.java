/** Container images, built and pushed without a Docker daemon. */
@NullMarked
package io.pipelab.image;

import org.jspecify.annotations.NullMarked;
