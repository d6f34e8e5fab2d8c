"""Files are opened in a child process that is stopped when it takes too much, and a scanner is asked first if one is named."""

import socket
import struct
import threading
import time
from contextlib import closing

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.sent_files import PLAIN_PDF, a_docx
from uploads import refusals, rules, scanner, written


def test_the_child_passes_on_what_it_wrote_and_nothing_that_was_sent(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    made = written.written_anew([b"\r\n", PLAIN_PDF, b"\0" * 99])
    assert (made.kind, made.content[:5], made.content.count(b"\0" * 99)) == ("pdf", b"%PDF-", 0)
    assert written.written_anew(a_docx().chunks()).kind == "docx"
    with pytest.raises(refusals.Refused, match="This is neither a PDF nor a Word document"):
        written.written_anew([b"hello"])
    assert list((tmp_path / "workshop").iterdir()) == []


CHILDREN = {
    "takes_memory": "from uploads import locking, rules; locking.limit(rules.OPENING_MEMORY, 9); bytearray(rules.OPENING_MEMORY)",
    "takes_time": "while True: pass",
    "breaks": "import os; os.abort()",
}


@pytest.mark.parametrize("name", CHILDREN)
def test_a_child_that_takes_too_much_or_breaks_is_a_file_that_cannot_be_opened_safely(monkeypatch, tmp_path, name):
    (tmp_path / f"{name}.py").write_text(CHILDREN[name])
    monkeypatch.setattr(written, "BASE", tmp_path)
    if name == "takes_memory":
        (tmp_path / "uploads").symlink_to(written.__file__.rpartition("/")[0])
    began = time.monotonic()
    with pytest.raises(refusals.Refused, match="cannot be opened safely"):
        written.run_child(name, tmp_path, seconds=0.5 if name == "takes_time" else rules.OPENING_SECONDS)
    assert time.monotonic() - began < rules.OPENING_SECONDS


def test_the_limits_of_opening_are_thirty_seconds_and_a_gigabyte_and_a_half():
    assert (rules.OPENING_SECONDS, rules.OPENING_MEMORY, rules.SCANNER_SECONDS) == (30, 1_500_000_000, 30)


@pytest.fixture
def clamd(settings):
    """A stand-in that answers as clamd does, and what it was sent."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        settings.CLAMD = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        heard: list[bytes] = []

        def serve(answer):
            def answer_once():
                connection, _ = server.accept()
                with connection, connection.makefile("rb") as sent:
                    assert sent.read(10) == b"zINSTREAM\0"
                    while length := struct.unpack("!L", sent.read(4))[0]:
                        heard.append(sent.read(length))
                    connection.sendall(answer)

            thread = threading.Thread(target=answer_once)
            thread.start()
            return thread, heard

        yield serve


@pytest.mark.parametrize(
    ("answer", "kind", "sentence"),
    [
        (b"stream: OK\0", None, ""),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", refusals.Refused, "infected (Win.Test.EICAR_HDB-1)"),
        (b"INSTREAM size limit exceeded. ERROR\0", refusals.NotNow, "not responding"),
        (b"", refusals.NotNow, "not responding"),
    ],
)
def test_the_scanner_is_given_the_whole_file_and_its_word_counts(clamd, tmp_path, answer, kind, sentence):
    path = tmp_path / "upload"
    path.write_bytes(b"x" * 70_000)
    thread, heard = clamd(answer)
    said = None
    try:
        scanner.must_find_nothing(path)
    except refusals.Refused as refusal:
        said = refusal
    thread.join()
    assert b"".join(heard) == path.read_bytes()
    assert (type(said) if said else None) is kind
    assert sentence in str(said or "")


def test_without_an_answer_nothing_is_taken(settings, tmp_path):
    settings.CLAMD = f"unix://{tmp_path}/clamd.ctl"
    with pytest.raises(refusals.NotNow, match="Try again in a few minutes"):
        written.written_anew([PLAIN_PDF])


@pytest.mark.parametrize("address", ["unix:///run/clamav/clamd.ctl", "tcp://scanner:3310", "tcp://scanner", ""])
def test_addresses_of_scanners(address):
    assert scanner.clamd_from(address) == address


@pytest.mark.parametrize("address", ["/run/clamd.ctl", "tcp://", "unix://", "https://scanner/"])
def test_what_is_no_address_of_a_scanner_is_refused_when_the_site_starts(address):
    with pytest.raises(ImproperlyConfigured, match="CLAMD must be"):
        scanner.clamd_from(address)
