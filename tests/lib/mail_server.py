"""A real mail server on loopback that keeps what it is sent; it may offer encryption and log-in."""

import base64
import datetime as dt
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HANG_UP = object()


@dataclass
class Mailbox:
    """What arrived; `refuses` is a command that the server answers with 550.

    `replies` are answers to a recipient other than yes. `hangs_up` says at which letter, counted
    from one, the line is cut: "before" it was told, or "after" it was kept and before it is said
    so. `on_letter` is called with each letter that was kept, before it is said so.
    """

    address: str = ""
    encryption: ssl.SSLContext | None = None
    users: dict[str, str] = field(default_factory=dict)
    refuses: str = ""
    replies: dict[str, str] = field(default_factory=dict)
    hangs_up: dict[int, str] = field(default_factory=dict)
    on_letter: Callable[[str], None] = lambda _letter: None
    connections: int = 0
    begun: int = 0  # letters whose text was announced
    letters: list[str] = field(default_factory=list)
    logged_in: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    box: Mailbox
    is_encrypted = False

    def handle(self):
        self.box.connections += 1
        self._answer("220 loopback")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            self.box.said.append(line)
            if verb == self.box.refuses:
                self._answer("550 no, and here is what you told me: " + line)
            elif verb == "QUIT":
                self._answer("221 bye")
                return
            elif getattr(self, f"_{verb.lower()}", self._fine)(line) is HANG_UP:
                return

    def finish(self):
        super().finish()
        self.request.close()

    def _answer(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _fine(self, _line):
        self._answer("250 fine")

    def _ehlo(self, _line):
        offers = ["loopback"]
        if self.box.encryption and not self.is_encrypted:
            offers.append("STARTTLS")
        if self.box.users:
            offers.append("AUTH PLAIN")
        marks = ["-"] * (len(offers) - 1) + [" "]
        self._answer(*(f"250{mark}{offer}" for mark, offer in zip(marks, offers, strict=True)))

    def _starttls(self, _line):
        self._answer("220 go on")
        self.rfile.close()
        self.request = self.box.encryption.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.is_encrypted = True

    def _auth(self, line):
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        if self.box.users.get(user) == password:
            self.box.logged_in.append(user)
            self._answer("235 welcome")
        else:
            self._answer("535 wrong")

    def _rcpt(self, line):
        address = line.partition("<")[2].partition(">")[0]
        self._answer(self.box.replies.get(address, "250 fine"))

    def _data(self, _line):
        self.box.begun += 1
        cut = self.box.hangs_up.get(self.box.begun)
        if cut == "before":
            return HANG_UP
        self._answer("354 tell")
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line.removeprefix("."))
        self.box.letters.append("\n".join(lines))
        self.box.on_letter(self.box.letters[-1])
        if cut == "after":
            return HANG_UP
        return self._answer("250 kept")


class _Server(socketserver.ThreadingTCPServer):
    def handle_error(self, request, client_address):
        """A client that goes away in the middle is what some tests are about."""


@contextmanager
def mail_server(**about) -> Iterator[Mailbox]:
    """A server in a thread of its own; `address` is where it listens."""
    box = Mailbox(**about)
    handler = type("Talk", (_Talk,), {"box": box})
    with _Server(("127.0.0.1", 0), handler) as server:
        box.address = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate of 127.0.0.1: what the server shows, and what a client has to believe."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(path)
    return shows, ssl.create_default_context(
        cadata=made.public_bytes(serialization.Encoding.PEM).decode()
    )
