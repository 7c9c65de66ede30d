/** What the last verifications of a lab saw, kept on the user's machine. */
@NullMarked
package io.pipelab.verify.kept;

import org.jspecify.annotations.NullMarked;
