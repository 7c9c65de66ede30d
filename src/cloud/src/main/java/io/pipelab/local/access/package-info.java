/**
 * Who may do what: every use of an action is put to the policies that bear on it, and refusals are
 * kept for whoever wants to know why.
 */
@NullMarked
package io.pipelab.local.access;

import org.jspecify.annotations.NullMarked;
