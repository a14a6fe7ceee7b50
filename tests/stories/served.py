"""A portal as a process of its own, and a browser in front of it: what a story needs."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit

from lxml import html

from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.stores import process_name

_BOUNDARY = "----story"
_PATIENCE = 60.0


class ServedPortal:
    """``mockportal serve`` on a data folder; server and worker can be killed and started again."""

    def __init__(
        self,
        data: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self._command = [
            sys.executable, "-m", "mockportal", "serve", "--port", "0", "--data", str(data),
            *options,
        ]  # fmt: skip
        self._environment, self._log = environment, log
        self._process: subprocess.Popen[str] | None = None
        self.address = ("127.0.0.1", 0)

    def __enter__(self) -> Self:
        if self._process is None:
            self.start()
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)
        self._close()

    def start(self) -> None:
        """Start the portal, and wait until it is ready."""
        self.begin()
        assert self._process is not None
        assert self._process.stdout is not None
        url = urlsplit(json.loads(self._process.stdout.readline())["url"])
        self.address = (str(url.hostname), int(url.port or 0))

    def begin(self) -> None:
        """Start the portal, without waiting for anything."""
        with self._log.open("ab") if self._log else nullcontext(subprocess.DEVNULL) as log:
            self._process = subprocess.Popen(
                self._command,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
                env=self._environment,
            )

    def end(self) -> tuple[int, float]:
        """Ask the server to end; return its exit status, and how many seconds it took."""
        assert self._process is not None
        began = time.monotonic()
        self._process.terminate()
        status = self._process.wait(_PATIENCE)
        self._close()
        return status, time.monotonic() - began

    def kill(self) -> None:
        """End the server and its worker without a word, wherever they are."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._close()

    def kill_the_server(self) -> None:
        """End the server alone; what it started is left to notice."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._close()

    def kill_the_worker(self) -> None:
        """End the worker alone; the server starts another."""
        self.signal_the_worker(signal.SIGKILL)

    def signal_the_worker(self, number: signal.Signals) -> None:
        """Send a signal to the worker alone."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        threads = children.parent.parent.glob("*/children")
        for one in {pid for path in threads for pid in path.read_text().split()}:
            with suppress(ProcessLookupError):
                os.kill(int(one), number)

    def _close(self) -> None:
        if self._process and self._process.stdout:
            self._process.stdout.close()


class ServedWorker:
    """``mockportal worker`` as a process of its own, which can be killed and started again."""

    def __init__(
        self,
        data: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self._command = [
            sys.executable, "-m", "mockportal", "worker", "--data", str(data), *options,
        ]  # fmt: skip
        self._environment, self._log = environment, log
        self.start()

    def start(self) -> None:
        """Start it; it works as soon as it can."""
        with self._log.open("ab") if self._log else nullcontext(subprocess.DEVNULL) as log:
            self._process = subprocess.Popen(self._command, stderr=log, env=self._environment)

    @property
    def owner(self) -> str:
        """Return what begins its name where it holds a deposit."""
        return process_name(self._process.pid)

    def kill(self) -> None:
        """End it without a word."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(_PATIENCE)


def comes_true(so: Callable[[], bool], seconds: float = _PATIENCE) -> bool:
    """Tell whether something comes true within so many seconds."""
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Page:
    """What a browser got: status, where it is sent on to, and the bytes."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.location = answer.headers.get("Location", "")
        self.name = answer.headers.get("Content-Disposition", "")
        self.content = answer.read()

    @property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.content.decode())

    @property
    def words(self) -> str:
        (main,) = self.tree.xpath("//main")
        return " ".join(main.text_content().split())


class Browser:
    """Someone at a served portal's pages, logged in."""

    def __init__(self, portal: ServedPortal, account: str, password: str = DEMO_PASSWORD) -> None:
        self._portal = portal
        self._cookies: dict[str, str] = {}
        self.send("/connexion", identifiant=account, mot_de_passe=password)

    def get(self, path: str) -> Page:
        """Open a page, without following redirects."""
        return self._ask("GET", path, None, {})

    def send(self, path: str, **fields: str) -> Page:
        """Send the form of a page."""
        body = urlencode({**fields, "csrf_token": self._token(path)}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, name: str, content: bytes, began: list[float] | None = None) -> Page:
        """Deposit a file; ``began`` gets the moment at which its first bytes leave."""
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
            f"{self._token('/transmettre/fichier')}\r\n".encode(),
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="fichier"; '
            f'filename="{name}"\r\nContent-Type: text/xml\r\n\r\n'.encode(),
            content,
            f"\r\n--{_BOUNDARY}--\r\n".encode(),
        ]
        if began is not None:
            began.append(time.monotonic())
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self._ask("POST", "/transmettre/fichier", b"".join(parts), {"Content-Type": kind})

    def receipt(self, deposit: str) -> bytes:
        """Wait for the accusé de traitement of a deposit, and return it."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            page = self.get(f"{deposit}/accuse-de-traitement")
            if page.status == 200:
                return page.content
            time.sleep(0.02)
        raise AssertionError(f"no receipt of {deposit} after {_PATIENCE} s")

    def _token(self, path: str) -> str:
        (token,) = self.get(path).tree.xpath('(//input[@name="csrf_token"]/@value)[1]')
        return str(token)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        connection = http.client.HTTPConnection(*self._portal.address, timeout=_PATIENCE)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            connection.request(method, path, body, {**headers, "Cookie": cookie})
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self._cookies.update({k: m.value for k, m in SimpleCookie(line).items()})
            return Page(answer)
        finally:
            connection.close()
