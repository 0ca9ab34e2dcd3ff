"""What went over the wire, kept by ``trace``."""


class Message(bytes):
    """The body of a request or an answer, with what stood around it.

    It is the bytes of the body; ``text in message`` looks for text as well.
    """

    #: Where it was sent to or came from.
    url = ""
    #: The HTTP headers.
    headers: dict
    #: The HTTP status of an answer, None for a request.
    status = None

    @property
    def text(self):
        """The body as text."""
        return self.decode("utf-8", "replace")

    def __contains__(self, part):
        return part in self.text if isinstance(part, str) else super().__contains__(part)

    def __repr__(self):
        what = f"{self.status} from" if self.status is not None else "POST"
        return f"<{what} {self.url}, {len(self)} bytes>"

    def __str__(self):
        return self.text

    def __reduce__(self):
        return _restore, (bytes(self), dict(self.__dict__))


def _restore(body, members):
    message = Message(body)
    message.__dict__.update(members)
    return message
