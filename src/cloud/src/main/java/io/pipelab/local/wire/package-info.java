/** The AWS protocols: HTTP on one side, the SDK's own model classes on the other. */
@NullMarked
package io.pipelab.local.wire;

import org.jspecify.annotations.NullMarked;
