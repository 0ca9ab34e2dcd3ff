"""Answers every POST with the file that its path names, from memory; the body of the request is read and dropped.

Raw sockets and one thread a connection, so that it costs little beside what is measured.
"""

import pathlib
import socket
import sys
import threading


def head(connection, kept):
    """The head of a request and what followed it, or None at the end."""
    while b"\r\n\r\n" not in kept:
        more = connection.recv(65536)
        if not more:
            return None
        kept += more
    first, _, rest = kept.partition(b"\r\n\r\n")
    return first, rest


def fields(raw):
    found = {}
    for line in raw.split(b"\r\n")[1:]:
        name, _, text = line.partition(b":")
        found[name.strip().lower()] = text.strip()
    return found


def serve(connection, answers):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    kept = b""
    waste = bytearray(1 << 20)
    while True:
        request = head(connection, kept)
        if request is None:
            return
        raw, rest = request
        given = fields(raw)
        if given.get(b"expect", b"").lower() == b"100-continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        left = int(given.get(b"content-length", b"0")) - len(rest)
        while left > 0:
            got = connection.recv_into(waste, min(left, len(waste)))
            if not got:
                return
            left -= got
        kept = b""
        body = answers.get(raw.split(b" ", 2)[1].lstrip(b"/").decode())
        status = b"200 OK" if body is not None else b"404 Not Found"
        body = body or b""
        start = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: "
        # One write for a small answer; a large one is not copied.
        start += str(len(body)).encode() + b"\r\n\r\n"
        if len(body) < 65536:
            connection.sendall(start + body)
        else:
            connection.sendall(start)
            connection.sendall(body)


def guarded(connection, answers):
    try:
        with connection:
            serve(connection, answers)
    except OSError:
        return


def main():
    answers = {file.name: file.read_bytes() for file in pathlib.Path(sys.argv[1]).iterdir() if file.is_file()}
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=guarded, args=(connection, answers), daemon=True).start()


if __name__ == "__main__":
    main()
