"""The part of an exception's message that says what is wrong."""

import re

LONGEST = 700
ANSI = re.compile(r"\x1b\[[0-9;]*m")
# What Keras and TensorFlow append for developers.
TAIL = re.compile(r"\n\s*(Arguments received by|Call arguments received|\[\[\{\{node|\t ?\[\[)")
# What they put in front: where, not what.
HEAD = re.compile(
    r"^(Exception encountered when calling [^\n]*\n|Graph execution error:\n"
    r"|Detected at node [^\n]*\n|in user code:\n|\s*File \"[^\n]*\n|Stack trace for op[^\n]*\n)"
)
RAISED = re.compile(r"^\s*(?:[\w.]+(?:Error|Exception)): (.+)", re.MULTILINE | re.DOTALL)


def reason(error: BaseException) -> str:
    """What went wrong, without stack frames, node names and argument dumps."""
    message = ANSI.sub("", str(error)).strip()
    traced = message.startswith("in user code:")
    if traced and (found := RAISED.search(message)):
        message = found[1]
    message = TAIL.split(message)[0].strip()
    while found := HEAD.match(message):
        message = message[found.end() :].lstrip("\n")
    message = re.sub(r"\s*\n\s*", " ", message).strip()
    if not message:
        return f"{type(error).__name__}, without an explanation."
    return message if len(message) <= LONGEST else message[: LONGEST - 1] + "…"
