package io.pipelab.local.lambda;

import java.util.List;
import java.util.Map;

/** What Lambda's tag actions work on: functions and event source mappings. */
interface Tagged {
  Map<String, String> tags();

  void tag(Map<String, String> more);

  void untag(List<String> keys);
}
