/** Checks of the pictures that functions make. */
@NullMarked
package io.pipelab.verify.check.picture;

import org.jspecify.annotations.NullMarked;
