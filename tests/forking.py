"""Starts the programs that serve the page, each in a fork of a process that has imported what all of them import.

The imports take four seconds of a processor, and the tests start a dozen pages. Only they are shared: each program has
arguments, environment, streams and an end of its own. Where forks are not safe (macOS) it is started by itself, as it is
for the tests of starting and ending.
"""

import array
import atexit
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import types
from functools import cache
from importlib import import_module

LIBRARIES = (
    "chromadb gradio mcp uvicorn bot.chat bot.commands.serve bot.page.layout bot.page.ui bot.page.wiring".split()
)


class Forked:
    """A running program, as far as a `subprocess.Popen` is asked for here."""

    def __init__(self, connection, program, environment, cwd, errors):
        reads, writes = os.pipe()
        self.stdout = os.fdopen(reads, "r")
        told = json.dumps({"program": program, "environment": environment, "cwd": str(cwd)})
        streams = array.array("i", [writes, errors.fileno()])
        connection.sendmsg([f"{told}\n".encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        os.close(writes)
        self._connection = connection
        self.pid = int(_line(connection)[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stdout.close()

    def send_signal(self, number):
        os.kill(self.pid, number)

    def wait(self, seconds):
        """Return the exit status; a program that does not end in time is killed, and the test fails."""
        self._connection.sendall(json.dumps({"wait": self.pid}).encode() + b"\n")
        self._connection.settimeout(seconds)
        try:
            return int(_line(self._connection)[0])
        except TimeoutError:
            os.kill(self.pid, 9)
            self._connection.settimeout(None)
            _line(self._connection)
            raise
        finally:
            self._connection.settimeout(None)


def start(program, environment, cwd, errors, alone=False):
    """Start `python PROGRAM`: in a fork, or as a process by itself."""
    if alone or sys.platform != "linux":
        return subprocess.Popen(
            [sys.executable, *program], env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    return Forked(_imported(), program, environment, cwd, errors)


@cache
def _imported():
    """Return a connection to a process that forks; it ends with this one."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    atexit.register(lambda: (ours.close(), process.wait()))
    return ours


def _line(connection):
    """Return a line and the open files that came with it."""
    said, files = b"", array.array("i")
    while not said.endswith(b"\n"):
        piece, beside, _, _ = connection.recvmsg(1 << 16, socket.CMSG_SPACE(2 * files.itemsize))
        if not piece:
            return "", files
        said += piece
        for _, _, content in beside:
            files.frombytes(content)
    return said.decode(), files


def _told(connection):
    """Fork for every program that is told, and return in the fork what it is; None at the end."""
    while line := _line(connection):
        text, files = line
        if not text:
            return None
        told = json.loads(text)
        if "wait" in told:
            answer = os.waitstatus_to_exitcode(os.waitpid(told["wait"], 0)[1])
        elif answer := os.fork():
            for file in files:
                os.close(file)
        else:
            connection.close()
            for number, file in enumerate(files, 1):
                os.dup2(file, number)
                os.close(file)
            return told
        connection.sendall(f"{answer}\n".encode())


def _become(told):
    """Be the program, as `python PROGRAM` is."""
    os.chdir(told["cwd"])
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.path[0] = ""
    how, what, *arguments = told["program"]
    sys.argv = [how, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        assert how == "-c", how
        sys.modules["__main__"] = main = types.ModuleType("__main__")
        exec(compile(what, "<string>", "exec"), vars(main))


if __name__ == "__main__":
    for library in LIBRARIES:
        import_module(library)
    gc.freeze()
    program = _told(socket.socket(fileno=int(sys.argv[1])))
    if program is not None:
        _become(program)
