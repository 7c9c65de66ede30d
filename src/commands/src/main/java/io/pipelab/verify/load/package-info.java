/** What was loaded into a lab, so that checks know what must have come of it. */
@NullMarked
package io.pipelab.verify.load;

import org.jspecify.annotations.NullMarked;
