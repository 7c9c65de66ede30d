/** Checks of what must stay a secret. */
@NullMarked
package io.pipelab.verify.check.secret;

import org.jspecify.annotations.NullMarked;
