"""Writes service-authorization.txt: AWS's Service Authorization Reference for the services named as arguments.

Its source is the copy of AWS's data that cfn-lint carries. A line is "service:action", in lower case, and
the formats of the ARNs of the resources that the action can be allowed on; none means "*" alone.
"""
import json
import os
import sys

import cfnlint

PATH = os.path.join(os.path.dirname(cfnlint.__file__), "data/AdditionalSpecs/Policies.json")
services = json.load(open(PATH))
for name in sorted(sys.argv[1:]):
    service = services[name]
    for action, said in sorted(service["Actions"].items()):
        formats = set()
        for resource in said.get("Resources", []):
            formats.update(service["Resources"].get(resource, {}).get("ARNFormats", []))
        print(f"{name}:{action}", *sorted(formats))
