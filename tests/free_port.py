"""Ports for servers that must be told theirs, for all Python tests."""

import random
import socket


def free_port():
    """A port below those that the system gives to whoever asks for any, so that nobody gets it in the meantime."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass
