/** What the user sees: text on a terminal or off it, and JSON. */
@NullMarked
package io.pipelab.report;

import org.jspecify.annotations.NullMarked;
