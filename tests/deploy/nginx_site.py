"""The installed configuration of nginx on ports and in folders of a test, with a stand-in for the site behind it."""

import os
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .conftest import ROOT, free_port, wait_for

HOST = "www.greensheets.example"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"  # which only root has on the PATH
MAIN = """{user}
pid {folder}/nginx.pid;
error_log {folder}/log/main.log;
worker_processes 1;
daemon off;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def rendered(certificate: str, key: str) -> str:
    """As deploy/install writes it, for the nginx that is here."""
    script = '. "$0/deploy/common.sh" && nginx_site "$0" "$1" "$2" "$3"'
    command = ["bash", "-euc", script, str(ROOT), HOST, certificate, key]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def make_certificate(folder: Path) -> Path:
    """A self-signed one, with its key beside it as key.pem."""
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    where = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(["openssl", "req", *kind, *subject, *where], check=True, capture_output=True)
    return folder / "certificate.pem"


def moved(text: str, folder: Path, ports: tuple[int, int]) -> str:
    """Exchange what belongs to the system: its ports 80 and 443 and its folders."""
    for old, new in (("listen 443", f"listen 127.0.0.1:{ports[1]}"), ("listen 80", f"listen 127.0.0.1:{ports[0]}")):
        assert old in text
        text = text.replace(old, new)
    lines = [line for line in text.splitlines(keepends=True) if "listen [::]" not in line]
    for old, new in (
        ("/etc/nginx/greensheets/", "/conf/"),
        ("/var/log/nginx/", "/log/"),
        ("/var/cache/nginx/", "/cache/"),
        ("/var/www/greensheets", "/pages"),
    ):
        lines = [line.replace(old, f"{folder}{new}") for line in lines]
    return "".join(lines)


def lay_out(folder: Path, certificate: Path, upstream: str, ports: tuple[int, int]) -> Path:
    """The file that nginx starts from."""
    for name in ("conf", "log", "cache", "pages"):
        (folder / name).mkdir()
    for page in (ROOT / "deploy/nginx/pages").iterdir():
        shutil.copy(page, folder / "pages" / page.name)
    shutil.copy(ROOT / "deploy/nginx/proxy.conf", folder / "conf/proxy.conf")
    (folder / "conf/upstream.conf").write_text(upstream)
    (folder / "site.conf").write_text(moved(rendered(str(certificate), str(certificate.with_name("key.pem"))), folder, ports))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user="user root;" if os.getuid() == 0 else ""))
    return folder / "nginx.conf"


@dataclass
class Behind:
    """What reached the site: method, path, headers and body of each request; and the paths of those that began to."""

    arrived: list[str] = field(default_factory=list)
    reached: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def stand_in(behind: Behind):
    """Answers everything with 200, pictures and style sheets as lasting as the site's own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            behind.arrived.append(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            behind.reached.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(200)
            self.send_header("Content-Length", "4")
            if self.path.startswith(("/media/", "/static/")):
                self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            self.end_headers()
            self.wfile.write(b"site")

        do_POST = do_GET

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Front:
    """nginx as a visitor meets it."""

    folder: Path
    certificate: Path
    ports: tuple[int, int]
    behind: Behind

    def connect(self) -> HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.certificate))
        context.check_hostname = False
        return HTTPSConnection("127.0.0.1", self.ports[1], timeout=20, context=context)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, secure: bool = True, **headers: str):
        """Status, headers with small letters, and body."""
        connection = self.connect() if secure else HTTPConnection("127.0.0.1", self.ports[0], timeout=20)
        try:
            connection.request(method, path, body, {"Host": HOST, **headers})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def logged(self) -> str:
        return "".join(path.read_text() for path in sorted((self.folder / "log").iterdir()))


@contextmanager
def serving(folder: Path, certificate: Path, upstream_port: int | None = None, upstream: str = ""):
    """nginx before a stand-in, or before a port at which something else, or nothing, answers; or as ``upstream`` says."""
    behind, ports = Behind(), (free_port(), free_port())
    with stand_in(behind) as port:
        main = lay_out(
            folder, certificate, upstream.format(port=port) or f"server 127.0.0.1:{upstream_port or port} max_fails=0;\n", ports
        )
        process = subprocess.Popen([NGINX, "-e", f"{folder}/log/start.log", "-c", str(main)])
        try:
            wait_for(ports[1], process)
            yield Front(folder, certificate, ports, behind)
        finally:
            process.terminate()
            process.wait(20)
