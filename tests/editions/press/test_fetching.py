"""The press reads our style sheets, our fonts and the crests of its one job. Nothing else, whatever an advert says."""

import subprocess
import sys
from io import BytesIO

import pytest
import segno
from PIL import Image

from editions.press.fetching import FetchRefused, PressFetcher, qr_code
from uploads.locking import CODE


@pytest.fixture
def fetcher(tmp_path):
    for name in ("static", "crests", "secret"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.css").write_text(name)
    (tmp_path / "static" / "link.css").symlink_to(tmp_path / "secret" / "file.css")
    return PressFetcher(tmp_path / "static", tmp_path / "crests", "https://greensheets.example")


def test_what_is_ours_is_read_by_name(fetcher):
    assert fetcher.fetch("static:file.css").read() == b"static"
    assert fetcher.fetch("job:crests/file.css").read() == b"crests"
    assert fetcher.refused == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file:static/file.css",
        "http://127.0.0.1:8000/",
        "https://evil.example/logo.png",
        "ftp://evil.example/",
        "data:text/plain,hello",
        "//evil.example/a.png",
        "/etc/passwd",
        "static:../secret/file.css",
        "static:%2e%2e/secret/file.css",
        "static:/etc/passwd",
        "static:link.css",
        "job:crests/../secret/file.css",
        "job:crests//etc/passwd",
        "job:secret/file.css",
        "job:static/../secret/file.css",
    ],
)
def test_everything_else_is_refused(fetcher, url):
    with pytest.raises(FetchRefused):
        fetcher.fetch(url)


def test_a_reference_becomes_a_small_code_with_one_pixel_a_module():
    code = Image.open(BytesIO(qr_code("https://www.greensheets.example", "GS10427")))

    assert code.size == (25, 25)


@pytest.mark.parametrize(
    ("name", "address"),
    [("GS10427", "HTTPS://GREENSHEETS.EXAMPLE/GS10427"), ("mailing-list/", "https://greensheets.example/mailing-list/")],
)
def test_a_code_says_an_address_that_telephones_open_and_the_site_knows(fetcher, name, address):
    expected = segno.make(address, error="l", boost_error=False, micro=False)

    drawn = Image.open(BytesIO(fetcher.fetch(f"job:qr/{name}").read())).convert("L")

    assert [[255 - 255 * module for module in row] for row in expected.matrix] == [
        [drawn.getpixel((x, y)) for x in range(drawn.width)] for y in range(drawn.height)
    ]


ATTACKS = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a datagram": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "a name look-up": "import socket; socket.getaddrinfo('greensheets.example', 80)",
    "a download": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a fork": "import os; os.fork()",
    "a file of the system": "open('/etc/passwd')",
    "a file by a detour": "open('{code}/static/../manage.py')",
    "our settings": "open('{code}/greensheets_site/settings.py')",
    "a file that it writes elsewhere": "open('/var/tmp/left-behind', 'w')",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_a_child_of_the_press_refuses(tmp_path, attack):
    lock_it = f"import pathlib; from uploads.locking import lock; lock(pathlib.Path({str(tmp_path)!r}))"
    code = f"{lock_it}; {attack.format(code=CODE)}"

    done = subprocess.run([sys.executable, "-c", code], cwd=CODE, capture_output=True, text=True, check=False)

    assert (done.returncode, "This process may not " in done.stderr.strip().splitlines()[-1]) == (1, True)


def test_a_child_of_the_press_reads_and_writes_in_its_own_folder(tmp_path):
    code = f"import pathlib; from uploads.locking import lock; here = pathlib.Path({str(tmp_path)!r}); lock(here); "
    code += "(here / 'a').write_text('x'); print((here / 'a').read_text())"

    assert subprocess.run([sys.executable, "-c", code], cwd=CODE, capture_output=True, text=True, check=True).stdout == "x\n"
