"""The commands of each workflow in the order of its code; a change may break what is under way.

`uv run python -m tests.workflows.fingerprints --renew` writes them down anew.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import msgspec

WORKFLOWS = Path(__file__).parents[2] / "workflows"
BASELINE = Path(__file__).parent / "fingerprints.json"
RENEW = "uv run python -m tests.workflows.fingerprints --renew"
HOW_TO_GO_ON = f"""
The commands of a workflow have changed. Processes under way replay their history with the new
code and stop if it asks for something else. So
1. guard the change by `workflow.patched("…")`, unless no version with this workflow is in use;
2. record histories of the new paths: uv run python -m tests.workflows.record
3. and write down the new commands: {RENEW}
"""

COMMANDS = {
    "execute_activity",
    "execute_activity_class",
    "execute_activity_method",
    "execute_local_activity",
    "execute_local_activity_class",
    "execute_local_activity_method",
    "start_activity",
    "start_activity_class",
    "start_activity_method",
    "start_local_activity",
    "start_local_activity_class",
    "start_local_activity_method",
    "execute_child_workflow",
    "start_child_workflow",
    "get_external_workflow_handle",
    "get_external_workflow_handle_for",
    "wait_condition",
    "sleep",
    "timeout",
    "wait_for",
    "continue_as_new",
    "patched",
    "deprecate_patch",
    "upsert_memo",
    "upsert_search_attributes",
}
"""What leaves a trace in a history when it is called on one of these."""

MODULES = {"workflow", "asyncio"}
HANDLERS = {"run", "signal", "query", "update"}

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Fingerprint: TypeAlias = Mapping[str, list[str]]
"""Each method to its commands in order, and to its calls of methods that lead to commands."""


def fingerprints(folder: Path = WORKFLOWS) -> dict[str, Fingerprint]:
    """The fingerprint of every workflow in the modules of a folder, by the workflow's name."""
    found: dict[str, Fingerprint] = {}
    modules = [ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py"))]
    classes = {
        node.name: node
        for module in modules
        for node in module.body
        if isinstance(node, ast.ClassDef)
    }
    for module in modules:
        functions = [node for node in module.body if isinstance(node, Function)]
        for node in module.body:
            if isinstance(node, ast.ClassDef) and (name := _workflow_name(node)):
                found[name] = _fingerprint([*_methods(node, classes), *functions])
    return found


def _methods(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]) -> list[Function]:
    """Those of its bases first: what it has itself stands instead of theirs."""
    bases = [classes[name] for base in node.bases if (name := ast.unparse(base)) in classes]
    inherited = [method for base in bases for method in _methods(base, classes)]
    return [*inherited, *(member for member in node.body if isinstance(member, Function))]


def _fingerprint(functions: list[Function]) -> Fingerprint:
    leading = _leading_to_commands({function.name: function for function in functions})
    return {
        function.name: [*_handles(function), *_traces(function, leading)]
        for function in functions
        if _handles(function) or function.name in leading
    }


def _leading_to_commands(functions: Mapping[str, Function]) -> frozenset[str]:
    """The functions that issue a command, themselves or through another one."""
    leading: frozenset[str] = frozenset()
    while True:
        more = frozenset(
            name for name, function in functions.items() if any(_traces(function, leading))
        )
        if more == leading:
            return leading
        leading = more


def _traces(node: ast.AST, leading: frozenset[str]) -> Iterator[str]:
    """The commands below a node in the order in which they are reached: what is inside, first."""
    for child in ast.iter_child_nodes(node):
        yield from _traces(child, leading)
    if isinstance(node, ast.Call):
        called = _called(node.func)
        if called in COMMANDS and _is_of_engine(node.func):
            yield f"{called}({_distinguishing(node)})"
        elif called in leading and not _is_of_engine(node.func):
            yield f"-> {called}({_distinguishing(node)})"


def _called(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _is_of_engine(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in MODULES
    )


def _distinguishing(call: ast.Call) -> str:
    """What tells this command from another one of its kind: the activity, and if there is a timer.

    A name from elsewhere (`ConceptActivities.read_course`, `ChildWorkflow.run`) is an activity or
    a workflow, a text is its name or that of a patch.
    """
    named = [
        ast.unparse(argument)
        for argument in call.args
        if (isinstance(argument, ast.Attribute) and ast.unparse(argument)[0].isupper())
        or (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    timer = [keyword.arg for keyword in call.keywords if keyword.arg == "timeout"]
    return ", ".join([*named, *(name for name in timer if name)])


def _workflow_name(node: ast.ClassDef) -> str:
    """The name of the workflow that the class defines; empty if it defines none."""
    for decorator in node.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if ast.unparse(call) == "workflow.defn":
            return _given_name(decorator) or node.name
    return ""


def _handles(function: Function) -> list[str]:
    """What calls the method from outside, e.g. `signal note`."""
    handles: list[str] = []
    for decorator in function.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(call, ast.Attribute) and _is_of_engine(call) and call.attr in HANDLERS:
            handles.append(f"{call.attr} {_given_name(decorator) or function.name}")
    return handles


def _given_name(decorator: ast.expr) -> str:
    if isinstance(decorator, ast.Call):
        for keyword in decorator.keywords:
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                return str(keyword.value.value)
    return ""


def baseline() -> dict[str, Fingerprint]:
    """The fingerprints as they were written down."""
    return msgspec.json.decode(BASELINE.read_bytes(), type=dict[str, Fingerprint])


if __name__ == "__main__":
    if "--renew" in sys.argv:
        BASELINE.write_bytes(msgspec.json.format(msgspec.json.encode(fingerprints())) + b"\n")
    elif fingerprints() != baseline():
        sys.exit(HOW_TO_GO_ON)
