/** IAM Access Analyzer: what is wrong with the grammar of a policy. */
@NullMarked
package io.pipelab.local.accessanalyzer;

import org.jspecify.annotations.NullMarked;
