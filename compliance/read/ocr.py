"""Recognising text in pictures, offline: Tesseract where it is installed, else RapidOCR (models in its wheel)."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

from compliance.read.lines import Word
from compliance.read.spacing import spaced

if TYPE_CHECKING:
    from PIL.Image import Image

#: Seconds for one page; a page of a poster takes two to five.
PAGE_SECONDS = 90
#: Height in pixels to which capitals of a poster are brought: below it digits are confused.
_MIN_SIDE = 1600
#: The lines of a table come out as these.
_RULES = " |\u00a6[]{}_\u2014~\u00ab\u00bb\u2018"
MAX_PIXELS = 16_000_000


class Engine(Protocol):
    """Something that finds words in a picture."""

    @property
    def name(self) -> str:
        """What is kept as the engine of a derived record."""

    def words(self, picture: Image) -> list[Word]:
        """The words of a picture, coordinates in its pixels. Raises OcrError."""


class OcrError(Exception):
    """Recognition failed or took too long."""


@dataclass(frozen=True)
class Tesseract:
    """Tesseract with the languages that are there (ind before eng), called as a process of its own."""

    command: str
    languages: str
    version: str
    mode: int = 3

    @property
    def name(self) -> str:
        """What is kept as the engine of a derived record."""
        return f"tesseract {self.version} ({self.languages})"

    def words(self, picture: Image, mode: int | None = None) -> list[Word]:
        """The words by full layout analysis; the lines and columns are ours."""
        packed = BytesIO()
        picture.save(packed, "PNG", compress_level=1)
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        command = [
            self.command,
            "stdin",
            "stdout",
            "-l",
            self.languages,
            "--psm",
            str(mode or self.mode),
            "--dpi",
            "200",
            "tsv",
        ]
        try:
            done = subprocess.run(
                command, input=packed.getvalue(), capture_output=True, timeout=PAGE_SECONDS, env=env, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise OcrError(f"tesseract took more than {PAGE_SECONDS} s") from error
        if done.returncode != 0:
            raise OcrError(
                done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:][0]
                if done.stderr
                else "tesseract failed"
            )
        return _tsv(done.stdout.decode("utf-8", "replace"))


def _tsv(text: str) -> list[Word]:
    found = []
    for row in text.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5":
            continue
        word = fields[11].strip(_RULES)
        x, y, w, h = (float(f) for f in fields[6:10])
        if word and w > 0 and h > 0:
            found.append(Word(word, x, y, x + w, y + h, max(0.0, float(fields[10])) / 100))
    return found


@dataclass(frozen=True)
class Rapid:
    """RapidOCR: finds lines rather than words, and reads well what is photographed at an angle."""

    @property
    def name(self) -> str:
        """What is kept as the engine of a derived record."""
        from importlib.metadata import version

        return f"rapidocr {version('rapidocr-onnxruntime')}"

    def words(self, picture: Image) -> list[Word]:
        """The lines of a picture as words. Raises OcrError."""
        import numpy

        result, _ = _rapid()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
        found = []
        for box, text, trust in result or []:
            xs, ys = [p[0] for p in box], [p[1] for p in box]
            # A line at an angle: its height is that of its left edge, around the middle.
            high = max(2.0, (abs(box[3][1] - box[0][1]) + abs(box[2][1] - box[1][1])) / 2)
            middle = sum(ys) / 4
            found += _parts(spaced(text.strip(_RULES)), min(xs), max(xs), middle, high, float(trust))
        return found


def _parts(text: str, x0: float, x1: float, middle: float, high: float, trust: float) -> list[Word]:
    """A line taken apart at its blanks, each word with its share of the width."""
    step = (x1 - x0) / max(1, len(text))
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append(
            Word(word, x0 + at * step, middle - high / 2, x0 + (at + len(word)) * step, middle + high / 2, trust)
        )
        at += len(word)
    return found


@lru_cache(maxsize=1)
def _rapid() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1, print_verbose=False)


@lru_cache(maxsize=1)
def tesseract() -> Tesseract | None:
    """Tesseract with Indonesian or English, or None."""
    command = shutil.which("tesseract")
    if command is None:
        return None
    try:
        listed = subprocess.run(
            [command, "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
        first = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    there = set(listed.split())
    languages = "+".join(code for code in ("ind", "eng") if code in there)
    if not languages:
        return None
    return Tesseract(command, "ind" if "ind" in there else "eng", first.split()[1] if len(first.split()) > 1 else "?")


def prepared(picture: Image) -> Image:
    """A picture made fit for recognition: grey, upright, neither tiny nor huge."""
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(picture)
    if picture.mode in {"RGBA", "LA", "P"}:
        flat = Image.new("RGB", picture.size, "white")
        rgba = picture.convert("RGBA")
        flat.paste(rgba, mask=rgba.getchannel("A"))
        picture = flat
    picture = picture.convert("L")
    side = max(picture.size)
    if side < _MIN_SIDE:
        scale = min(3.0, _MIN_SIDE / side)
        picture = picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.Resampling.LANCZOS)
    pixels = picture.width * picture.height
    if pixels > MAX_PIXELS:
        scale = (MAX_PIXELS / pixels) ** 0.5
        picture = picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.Resampling.LANCZOS)
    return ImageOps.autocontrast(picture, cutoff=1)
