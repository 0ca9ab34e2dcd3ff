"""A peer as a process: it is told how many calls to make, and watched from outside."""

import os
import resource
import select
import subprocess
import time


class Failed(Exception):
    """What a cell shows instead of a figure."""


class Peer:
    """A peer that makes calls of one workload again and again."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        os.set_blocking(self.process.stderr.fileno(), False)
        # Linux: the CPU clock of another process, all its threads included.
        self.clock = (~self.process.pid << 3) | 2
        self.walls, self.cpus = [], []
        #: Calls in one run.
        self.calls = 1
        try:
            if self.line(60) != "ready":
                raise Failed(f"failed: {self.reason()}")
        except Failed:
            self.stop()
            raise

    def line(self, seconds):
        readable, _, _ = select.select([self.process.stdout], [], [], max(seconds, 0.1))
        if not readable:
            raise Failed(f"over {seconds:.0f} s")
        return self.process.stdout.readline().decode().strip()

    def reason(self):
        """The last line that the peer wrote before it gave up."""
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            return "no answer"
        lines = (self.process.stderr.read() or b"").decode(errors="replace").strip().splitlines()
        return lines[-1][:60] if lines else "no answer"

    def run(self, calls, seconds, expected=None):
        """Makes calls and keeps the time of one."""
        cpu, wall = time.clock_gettime(self.clock), time.perf_counter()
        self.process.stdin.write(b"%d\n" % calls)
        line = self.line(seconds)
        wall = time.perf_counter() - wall
        if not line:
            raise Failed(f"failed: {self.reason()}")
        if expected is not None and int(line) != expected:
            raise Failed(f"wrong: {line} items")
        self.walls.append(wall / calls)
        self.cpus.append((time.clock_gettime(self.clock) - cpu) / calls)

    def status(self, name):
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) << 10 for line in file if line.startswith(name))

    def first_run(self, calls, seconds, expected=None):
        """The first run, and what it took: memory at its peak and memory that its result still takes."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            # The peak starts anew.
            file.write("5")
        before = self.status("VmRSS")
        self.run(calls, seconds, expected)
        return self.status("VmHWM") - before, self.status("VmRSS") - before

    def forget(self):
        """Drops what was measured so far: the first run warms up."""
        self.walls, self.cpus = [], []

    def stop(self):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()


def whole(command, seconds):
    """Time and CPU of a whole process, and what it printed."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=max(seconds, 1))
    except subprocess.TimeoutExpired:
        raise Failed(f"over {seconds:.0f} s") from None
    wall = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise Failed(f"failed: {lines[-1][:60] if lines else done.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.stdout.decode().strip()
