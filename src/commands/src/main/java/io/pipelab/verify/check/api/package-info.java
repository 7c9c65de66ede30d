/** Checks of HTTP APIs. */
@NullMarked
package io.pipelab.verify.check.api;

import org.jspecify.annotations.NullMarked;
