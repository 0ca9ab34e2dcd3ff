"""Runs the Python files named on standard input, all in the same variables; a mark ends what each prints."""

import sys
import traceback

names = {"__name__": "__main__"}
for path in sys.stdin:
    path = path.rstrip("\n")
    try:
        with open(path) as file:
            exec(compile(file.read(), path, "exec"), names)
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        sys.exit(1)
    print("\x04", flush=True)
