"""The built phone app, from memory: compressed once, with content hashes, and one page for every screen's address."""

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import NamedTuple, cast

import brotli
from litestar.types import HTTPScope, Message, Receive, Scope, Send

_HERE = Path(__file__).parent
# In a checkout the build lies beside the code; a wheel carries it inside the package.
PLACES = (_HERE / "web_dist", _HERE.parent / "pwa" / "dist")
_NOT_BUILT = b"The phone app is not built. Run make setup, or install the wheel.\n"
_TEXT = {".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".txt", ".map"}
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".map": "application/json"}
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


class File(NamedTuple):
    """A file as it is served."""

    type: str
    etag: str
    cache: str
    plain: bytes
    packed: dict[str, bytes]


class Pages:
    """Serves a folder. `fresh` reads it again when the build changed, for development."""

    def __init__(self, folder: Path | None = None, fresh: bool = False) -> None:
        self.folder = folder or next((place for place in PLACES if (place / "index.html").is_file()), PLACES[-1])
        self.fresh = fresh
        self._stamp = 0
        self._files: dict[str, File] = {}
        self._load()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers GET and HEAD; an address without a file is a screen, and the app knows which."""
        http = cast("HTTPScope", scope)
        if http["method"] not in ("GET", "HEAD"):
            await _send(send, 405, {"content-type": "text/plain", "allow": "GET, HEAD"}, b"Method not allowed\n")
            return
        if self.fresh:
            self._load()
        path = http["path"]
        file = self._files.get(path)
        if file is None and "." not in path.rsplit("/", 1)[-1]:
            file = self._files.get("/index.html")
        if file is None:
            text = _NOT_BUILT if not self._files else b"Not found\n"
            await _send(send, 404, {"content-type": "text/plain"}, text)
            return
        await _send_file(http, send, file)

    def _load(self) -> None:
        """Reads the folder if its page is another than before; while a build is under way, the last one is served."""
        index = self.folder / "index.html"
        stamp = index.stat().st_mtime_ns if index.is_file() else self._stamp
        if stamp != self._stamp:
            self._stamp = stamp
            self._files = {
                f"/{path.relative_to(self.folder).as_posix()}": _file(path, self.folder)
                for path in sorted(self.folder.rglob("*"))
                if path.is_file()
            }


def _file(path: Path, folder: Path) -> File:
    plain = path.read_bytes()
    packed = {}
    if path.suffix in _TEXT and len(plain) > 1000:
        packed = {"br": brotli.compress(plain, quality=9), "gzip": gzip.compress(plain, 9, mtime=0)}
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    hashed = path.parent != folder and path.parent.name == "assets"
    return File(kind, f'"{hashlib.sha256(plain).hexdigest()[:32]}"', _FOR_EVER if hashed else _ASK_AGAIN, plain, packed)


async def _send_file(scope: HTTPScope, send: Send, file: File) -> None:
    asked = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    accepted = asked.get(b"accept-encoding", "")
    coding = next((one for one in file.packed if one in accepted), None)
    headers = {"content-type": file.type, "etag": file.etag, "cache-control": file.cache, "vary": "Accept-Encoding"}
    if file.etag in asked.get(b"if-none-match", ""):
        await _send(send, 304, headers, b"")
        return
    if coding:
        headers["content-encoding"] = coding
    body = file.packed[coding] if coding else file.plain
    headers["content-length"] = str(len(body))
    await _send(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


async def _send(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    start: Message = {"type": "http.response.start", "status": status, "headers": pairs}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})
