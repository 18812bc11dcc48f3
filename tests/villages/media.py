"""The same content as a page, a PDF, a scan, a picture, or a Word file: real files, made by real writers."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from functools import lru_cache

import typst
from docx import Document as Word
from lxml import html
from lxml.html import HtmlElement
from PIL import Image, ImageFilter


@dataclass(frozen=True)
class Piece:
    """A piece of content: `kind` p, h or li with its text, or table with its rows of cells."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The cells of the longest row."""
        return max((len(r) for r in self.rows), default=0)


_SPECIAL = str.maketrans({c: "\\" + c for c in "\\#$*_`<>@[]~=-+/"})


def pdf(body: str, title: str) -> bytes:
    """A PDF with text."""
    return bytes(typst.compile(_typst(body, title, "a4").encode(), format="pdf"))


def picture(body: str, title: str, draw: random.Random) -> bytes:
    """A poster: a PNG of 1100–1500 pixels, its text in the pixels only."""
    made = _pixels(_typst(body, title, "poster"), draw.choice([110, 130]))
    out = io.BytesIO()
    made.save(out, "PNG", optimize=True)
    return out.getvalue()


def scan(body: str, title: str, draw: random.Random) -> bytes:
    """A scanned PDF: pages as pictures, a little turned and grey."""
    made = _pixels(_typst(body, title, "a4"), 150).convert("L")
    made = made.rotate(draw.uniform(-0.5, 0.5), fillcolor=245, expand=True).filter(ImageFilter.GaussianBlur(0.4))
    out = io.BytesIO()
    made.save(out, "PDF", resolution=150)
    return out.getvalue()


def docx(body: str, title: str) -> bytes:
    """A Word file."""
    word = Word()
    word.add_heading(title, 1)
    for piece in _pieces(body):
        if piece.rows:
            table = word.add_table(rows=0, cols=piece.width)
            for row in piece.rows:
                cells = table.add_row().cells
                for index, text in enumerate(row):
                    cells[index].text = text
        elif piece.kind == "h":
            word.add_heading(piece.text, 2)
        else:
            word.add_paragraph(piece.text, style="List Bullet" if piece.kind == "li" else None)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _pixels(source: str, ppi: int) -> Image.Image:
    made = typst.compile(source.encode(), format="png", ppi=ppi)
    first = made[0] if isinstance(made, list) else made
    return Image.open(io.BytesIO(first)).convert("RGB")


@lru_cache(maxsize=512)
def _pieces(body: str) -> list[Piece]:
    """The content in order."""
    found: list[Piece] = []

    def text_of(element: HtmlElement) -> str:
        parts = []
        for node in element.iter():
            if isinstance(node.tag, str) and node.tag == "br":
                parts.append("\n")
            if (isinstance(node.tag, str) and node is not element and node.text) or (node is element and node.text):
                parts.append(node.text)
            if node is not element and node.tail:
                parts.append(node.tail)
        return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()

    def walk(element: HtmlElement) -> None:
        for child in element:
            tag = child.tag
            if tag == "table":
                found.append(
                    Piece("table", rows=[[text_of(c) for c in row.iter("td", "th")] for row in child.iter("tr")])
                )
            elif tag in {"h1", "h2", "h3", "h4"}:
                found.append(Piece("h", text_of(child)))
            elif tag in {"ul", "ol"}:
                for number, item in enumerate(child.iter("li"), 1):
                    mark = f"{number}. " if tag == "ol" else ""
                    found.append(Piece("li", mark + text_of(item)))
            elif tag in {"p", "strong", "b", "em"}:
                for line in text_of(child).split("\n"):
                    found.append(Piece("p", line))
            elif isinstance(tag, str) and tag != "br":
                if child.text and child.text.strip():
                    found.append(Piece("p", child.text.strip()))
                walk(child)
            if child.tail and child.tail.strip():
                found.append(Piece("p", child.tail.strip()))

    root = html.fromstring(f"<div>{body}</div>")
    if root.text and root.text.strip():
        found.append(Piece("p", root.text.strip()))
    walk(root)
    return [p for p in found if p.text or p.width]


def _escape(text: str) -> str:
    return text.translate(_SPECIAL).replace("\n", " \\\n")


def _typst(body: str, title: str, paper: str) -> str:
    if paper == "poster":
        head = '#set page(width: 24cm, height: auto, margin: 1.2cm, fill: rgb("#fdf6e3"))\n#set text(size: 17pt, lang: "id")\n'
    else:
        head = '#set page(paper: "a4", margin: 2cm)\n#set text(size: 11pt, lang: "id")\n'
    out = [head, f"#align(center)[#text(size: 1.35em, weight: 700)[{_escape(title)}]]", ""]
    for piece in _pieces(body):
        if piece.rows:
            cells = ", ".join(f"[{_escape(c)}]" for row in piece.rows for c in [*row, *[""] * (piece.width - len(row))])
            out.append(f"#table(columns: {piece.width}, inset: 5pt, {cells})")
        elif piece.kind == "h":
            out.append(f"#text(size: 1.15em, weight: 700)[{_escape(piece.text)}]")
        elif piece.kind == "li":
            out.append(f"#h(0.6em)• {_escape(piece.text)}")
        else:
            out.append(_escape(piece.text))
        out.append("")
    return "\n".join(out)
