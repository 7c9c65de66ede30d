"""Writes required-members.txt from botocore's copies of AWS's models, for the actions named on stdin.

A line of stdin begins with "signing-name Action" (the lines of the file itself do, too); a line of
stdout has the paths of the members that AWS requires behind them: "sns CreateTopic Name Tags[].Key
Tags[].Value". A map counts as the list of its values.
"""
import sys
import botocore.session

MODELS = {"access-analyzer": "accessanalyzer", "monitoring": "cloudwatch", "apigateway": "apigatewayv2"}
session = botocore.session.get_session()
models = {}


def paths(shape, prefix, depth, seen):
    if shape is None or depth > 5 or shape.type_name != "structure" or shape.name in seen:
        return
    for name, member in shape.members.items():
        if name in shape.required_members:
            yield prefix + name
        path = prefix + name
        while member.type_name in ("list", "map"):
            member = member.member if member.type_name == "list" else member.value
            path += "[]"
        yield from paths(member, path + ".", depth + 1, seen + [shape.name])


for service, action in sorted({tuple(line.split()[:2]) for line in sys.stdin}):
    name = MODELS.get(service, service)
    if name not in models:
        models[name] = session.get_service_model(name)
    model = models[name]
    real = {each.lower(): each for each in model.operation_names}[action.lower()]
    print(service, action, *paths(model.operation_model(real).input_shape, "", 0, []))
