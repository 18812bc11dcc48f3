"""Makes a set of documents with known truth: `python -m tests.documents.make SEED FOLDER`.

Chromium prints the PDFs and draws the posters, LibreOffice writes the office files; scans and photographs are made
of these with noise, blur, rotation and perspective. Equal seeds give equal contents.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from tests.documents.posters import poster
from tests.documents.tables import (
    accounts,
    budget_table,
    changed_table,
    page,
    prose,
    realisation_table,
    regulation,
    totals,
)
from tests.documents.world import Truth, Village, invent, rupiah

_Form = Callable[[Village, random.Random, str, str], tuple[str, Truth]]


class Press:
    """Chromium and LibreOffice, started once."""

    def __init__(self) -> None:
        from playwright.sync_api import sync_playwright

        self.work = Path(tempfile.mkdtemp(prefix="press-"))
        self._playwright = sync_playwright().start()
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        if path is None:
            raise SystemExit("Chromium is missing. Install it: sudo apt-get install chromium")
        self._browser = self._playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

    def close(self) -> None:
        """Ends both."""
        self._browser.close()
        self._playwright.stop()
        shutil.rmtree(self.work)

    def pdf(self, html: str, *, landscape: bool = False) -> bytes:
        """A page as PDF with text."""
        tab = self._browser.new_page()
        tab.set_content(html)
        body = tab.pdf(format="A4", landscape=landscape, print_background=True)
        tab.close()
        return body

    def png(self, html: str, width: int) -> bytes:
        """A page as picture."""
        tab = self._browser.new_page(viewport={"width": width, "height": 600})
        tab.set_content(html)
        body = tab.screenshot(full_page=True)
        tab.close()
        return body

    def office(self, html: str, kind: str) -> bytes:
        """A page as office file by LibreOffice. Kinds: docx, xlsx, ods, pdf."""
        soffice = shutil.which("soffice")
        if soffice is None:
            raise SystemExit(
                "LibreOffice is missing. Install it: sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
            )
        if kind in {"xlsx", "ods", "pdf"}:
            # A sheet has its title in merged cells.
            html = re.sub(r"<h([12])>(.*?)</h\1>", r"<table><tr><td colspan=6>\2</td></tr></table>", html)
        source = self.work / "x.html"
        source.write_text(html, encoding="utf-8")
        sheet = kind in {"xlsx", "ods", "pdf"}
        target = {
            "docx": "docx:MS Word 2007 XML",
            "xlsx": "xlsx:Calc MS Excel 2007 XML",
            "ods": "ods:calc8",
            "pdf": "pdf:calc_pdf_Export",
        }[kind]
        infilter = "HTML (StarCalc)" if sheet else "HTML (StarWriter)"
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{self.work}/profile", "--headless", f"--infilter={infilter}", "--convert-to", target, "--outdir", str(self.work), str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (self.work / f"x.{kind}").read_bytes()


def _pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = [document[i].render(scale=dpi / 72).to_pil().convert("RGB") for i in range(len(document))]
    document.close()
    return pages


def scanned(pdf: bytes, draw: random.Random) -> bytes:
    """A PDF of pictures: 150 dpi, grey, noisy, slightly turned."""
    noise = np.random.default_rng(draw.randrange(2**31))
    pages = []
    for picture in _pages(pdf, 150):
        turned = picture.convert("L").rotate(
            draw.uniform(-1.2, 1.2), expand=False, fillcolor=250, resample=Image.Resampling.BICUBIC
        )
        grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
        grey = grey * 0.88 + 22 + noise.normal(0, 9, grey.shape)
        pages.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=70)
    return out.getvalue()


def photographed(png: bytes, draw: random.Random) -> bytes:
    """A picture as a telephone takes it of a poster on a wall: perspective, uneven light, blur, JPEG."""
    import cv2

    picture = cv2.cvtColor(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")), cv2.COLOR_RGB2BGR)
    big = cv2.copyMakeBorder(picture, 90, 90, 90, 90, cv2.BORDER_CONSTANT, value=(150, 165, 170))
    far = [draw.uniform(0, 0.05) for _ in range(8)]
    h, w = big.shape[:2]
    source = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    target = np.float32(
        [
            [w * far[0], h * far[1]],
            [w * (1 - far[2]), h * far[3]],
            [w * (1 - far[4]), h * (1 - far[5])],
            [w * far[6], h * (1 - far[7])],
        ]
    )
    warped = cv2.warpPerspective(big, cv2.getPerspectiveTransform(source, target), (w, h), borderValue=(120, 130, 140))
    light = np.linspace(draw.uniform(0.72, 0.85), 1.05, w)[None, :, None]
    noise = np.random.default_rng(draw.randrange(2**31)).normal(0, 5, warped.shape)
    noisy = np.clip(warped * light + noise, 0, 255).astype(np.uint8)
    return cv2.imencode(".jpg", cv2.GaussianBlur(noisy, (3, 3), 0.7), [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


def _jpeg(png: bytes, quality: int = 82) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def _width(html: str) -> int:
    return int(html.split("body{margin:0;width:", 1)[1].split("px", 1)[0])


def _csv(v: Village) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([f"APBDes Desa {v.name} Tahun Anggaran {v.year}"])
    writer.writerow(["Kode", "Uraian", "Anggaran"])
    for code, label, value in accounts(v.budget):
        writer.writerow([code, label, "" if value is None else rupiah(value, "bare")])
    return out.getvalue().encode()


def make(seed: int, folder: Path) -> list[Truth]:
    """Makes the set of a seed in a folder; returns and writes (truth.jsonl) what each document says."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Truth] = []
    press = Press()

    def keep(body: bytes, truth: Truth) -> None:
        (folder / truth.file).write_bytes(body)
        found.append(truth)

    def tabular(form: _Form, name: str, medium: str) -> tuple[str, Truth]:
        return form(invent(draw), draw, name, medium)

    try:
        for index, form in enumerate((budget_table, realisation_table, changed_table, regulation)):
            html, truth = tabular(form, f"teks-{index}.pdf", "pdf-text")
            keep(press.pdf(html, landscape=form is realisation_table), truth)
        for index, form in enumerate((budget_table, realisation_table, changed_table)):
            html, truth = tabular(form, f"kantor-{index}.pdf", "pdf-text")
            keep(press.office(html, "pdf"), truth)
        for kind, form in (
            ("docx", budget_table),
            ("docx", regulation),
            ("xlsx", budget_table),
            ("xlsx", realisation_table),
            ("ods", changed_table),
        ):
            html, truth = tabular(form, f"berkas-{len(found)}.{kind}", kind)
            keep(press.office(html, kind), truth)
        html, truth = tabular(budget_table, "arsip.zip", "zip")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("APBDes/lampiran.pdf", press.pdf(html))
            archive.writestr("APBDes/baca-saya.txt", "Berkas lampiran.")
        keep(packed.getvalue(), truth)
        v = invent(draw)
        keep(_csv(v), Truth("tabel.csv", "csv", "apbdes", (v.year,), v.name, "original", totals(v.budget)))
        for topic, title, years, body in prose(invent(draw), draw):
            keep(press.pdf(page(title, body, draw)), Truth(f"{topic}.pdf", "pdf-text", topic, years))
        for style in range(10):
            html, truth = poster(invent(draw), style, draw, f"poster-{style}.jpg")
            keep(_jpeg(press.png(html, _width(html))), truth)
        for index, form in enumerate((budget_table, realisation_table, regulation)):
            html, truth = tabular(form, f"pindai-{index}.pdf", "pdf-scan")
            keep(scanned(press.pdf(html, landscape=form is realisation_table), draw), truth)
        for topic, title, years, body in prose(invent(draw), draw):
            if topic in {"maklumat", "rkpdes"}:
                keep(
                    scanned(press.pdf(page(title, body, draw)), draw),
                    Truth(f"pindai-{topic}.pdf", "pdf-scan", topic, years),
                )
        for style in (1, 2, 6):
            html, truth = poster(invent(draw), style, draw, f"foto-{style}.jpg")
            keep(photographed(press.png(html, _width(html)), draw), Truth(**{**asdict(truth), "medium": "photo"}))
    finally:
        press.close()
    (folder / "truth.jsonl").write_text("".join(json.dumps(asdict(t)) + "\n" for t in found), encoding="utf-8")
    return found


if __name__ == "__main__":
    print(len(make(int(sys.argv[1]), Path(sys.argv[2]))), "documents")
