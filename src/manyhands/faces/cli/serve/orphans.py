"""No orphans: a child watches the pipe that only its supervisor holds open."""

import os
import signal
import sys
import threading


def leave_when_stdin_closes() -> None:
    """Ask this process to stop when its standard input ends, as it does when the supervisor is gone, even by SIGKILL.

    A parent's process id would not do: another process may have taken its number by the time we look.
    """

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="stdin", daemon=True).start()
