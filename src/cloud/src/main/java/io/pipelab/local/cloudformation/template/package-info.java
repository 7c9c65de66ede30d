/**
 * CloudFormation templates: reading, checking, and resolving them; nothing here creates anything.
 */
@NullMarked
package io.pipelab.local.cloudformation.template;

import org.jspecify.annotations.NullMarked;
