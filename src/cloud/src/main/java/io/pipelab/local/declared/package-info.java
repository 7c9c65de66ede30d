/** What is stated of each action, as data beside it: which members of its request it honours. */
@NullMarked
package io.pipelab.local.declared;

import org.jspecify.annotations.NullMarked;
