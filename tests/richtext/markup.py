"""Markup for tests: as people and programs write it, and as it must become."""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def word_list(*items: tuple[int, str, str]) -> str:
    """As Word marks its lists: level, mark and words of each item."""
    mark = "<p style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}&nbsp;&nbsp;</span>{}</p>"
    return "".join(mark.format(*item) for item in items)


def word_paragraphs(*items: tuple[str, str]) -> str:
    """As Word's lists arrive when something took their marks away: left margin and words of each item."""
    return "".join(f"<p class=MsoListParagraph style='margin-left:{margin}'>{text}</p>" for margin, text in items)


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def bullets(*items: str) -> str:
    return "\n".join(["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"])


def numbers(*items: str) -> str:
    return bullets(*items).replace("ul>", "ol>")
