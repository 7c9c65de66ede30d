/** Who is let in: the check before every HTTP listener of the embedded cloud. */
@NullMarked
package io.pipelab.local.door;

import org.jspecify.annotations.NullMarked;
