"""Writes constraints.txt from botocore's copies of AWS's models, for the actions of required-members.txt on stdin.

Only for the services that answer a value outside its model's constraints in the one wording of AWS's framework ("1
validation error detected: Value 'x' at 'y' failed to satisfy constraint: ..."); the others have words of their own.
A line "service =Shape" has a shape's constraints, a line "service Action" the paths of its members and their shapes:
"[]" stands for a list's items and a map's values, "{}" for a map's keys.
"""
import sys
import botocore.session

MODELS = {"monitoring": "cloudwatch"}
SERVICES = {"cloudformation", "events", "iam", "kinesis", "kms", "lambda", "logs", "monitoring", "ssm", "sts"}
# Lambda answers an unknown runtime with another error, and takes members of other packages' names; Logs takes colons in
# namespaces, which its model excludes.
WITHOUT = {("lambda", "Runtime"), ("logs", "MetricNamespace")}
session = botocore.session.get_session()
models = {}
lines = set()


def bounds(shape, kind):
    low, high = shape.metadata.get("min", ""), shape.metadata.get("max", "")
    return [f"{kind}={low}..{high}"] if (low, high) != ("", "") else []


def said(service, shape):
    """The shape's name, when it has constraints, which become a line of their own."""
    if (service, shape.name) in WITHOUT:
        return None
    words = []
    if shape.type_name in ("string", "list", "map", "blob"):
        words += bounds(shape, "length")
    elif shape.type_name in ("integer", "long", "float", "double"):
        words += bounds(shape, "range")
    if "enum" in shape.metadata:
        words.append("enum=" + ",".join(shape.metadata["enum"]))
    if shape.metadata.get("sensitive"):
        words.append("sensitive")
    if "pattern" in shape.metadata:
        words.append("pattern=" + shape.metadata["pattern"])
    if not words or words == ["sensitive"]:
        return None
    lines.add(" ".join([service, "=" + shape.name] + words))
    return shape.name


def uses(service, shape, path, seen):
    name = said(service, shape)
    if name:
        yield f"{path}={name}"
    if shape.type_name == "structure" and shape.name not in seen and len(seen) < 6:
        for member, below in shape.members.items():
            yield from uses(service, below, f"{path}.{member}" if path else member, seen + [shape.name])
    elif shape.type_name == "list":
        yield from uses(service, shape.member, path + "[]", seen)
    elif shape.type_name == "map":
        yield from uses(service, shape.key, path + "{}", seen)
        yield from uses(service, shape.value, path + "[]", seen)


for service, action in sorted({tuple(line.split()[:2]) for line in sys.stdin}):
    if service in SERVICES:
        name = MODELS.get(service, service)
        if name not in models:
            models[name] = session.get_service_model(name)
        real = {each.lower(): each for each in models[name].operation_names}[action.lower()]
        shape = models[name].operation_model(real).input_shape
        found = uses(service, shape, "", []) if shape else []
        lines.add(" ".join([service, action, *found]))
print("\n".join(sorted(lines)))
