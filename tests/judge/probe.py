"""Asks wsdlproxy through the program `codec_probe`."""

import json
import os
import subprocess


class Probe:
    def __init__(self, program):
        self.program = program
        self.process = None
        self.ended = 0

    def ask(self, **question):
        """The answer to one question; the end of the program is an answer too."""
        if self.process is None:
            self.process = subprocess.Popen(
                [self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        code = self.process.wait()
        self.process = None
        self.ended += 1
        return {"error": f"the probe ended with {code}", "panic": True}

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


def program():
    """Where cargo puts the probe."""
    here = os.path.dirname(os.path.abspath(__file__))
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(here, "../../target"))
    return os.environ.get("CODEC_PROBE", os.path.join(target, "debug", "codec_probe"))
