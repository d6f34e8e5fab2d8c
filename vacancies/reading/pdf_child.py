"""A process of its own: a PDF on its standard input, its text on its standard output. It knows nothing of the site."""

import contextlib
import resource
import sys

import pypdfium2

MOST_PAGES = 20
MEMORY, SECONDS = 1024 * 1024 * 1024, 15


def main() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_NOFILE, 64)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    pages = [document[number].get_textpage().get_text_bounded() for number in range(min(len(document), MOST_PAGES))]
    sys.stdout.buffer.write("\n".join(pages).replace("\r\n", "\n").replace("\ufffe", "-").encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
