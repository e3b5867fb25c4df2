"""Reads .docx files back: their texts in order, and as what LibreOffice Writer prints them, where it is installed."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pypdfium2
from docx.oxml.ns import qn

from resources import path

WRITER = shutil.which("soffice")
# The faces offices have, stood in for by the shipped ones: a fallback would be of another width.
_STAND_INS = {
    "仿宋_GB2312": "FandolFang", "楷体_GB2312": "Xiangzhen Kai", "黑体": "Noto Sans SC", "宋体": "Noto Serif SC",
    "方正小标宋简体": "Noto Serif SC",
}  # fmt: skip


def opened(data):
    """The file as python-docx has it."""
    return docx.Document(io.BytesIO(data))


def words_in(element):
    """Everything an element shows, without blanks."""
    return "".join("".join(text.text or "" for text in element.iter(qn("w:t"))).split())


def body_words(data):
    """What the body says from first to last, without blanks."""
    return words_in(opened(data).element.body)


def pdf_words(data):
    """What a PDF says, page by page, without blanks."""
    with pypdfium2.PdfDocument(data) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def has_writer():
    """Whether LibreOffice is here and has its Writer, which it does not say."""
    if WRITER is None:
        return False
    program = Path(WRITER).resolve().parent
    return any((program / name).exists() for name in ("libswlo.so", "swlo.dll", "libswlo.dylib"))


def printed(files, folder):
    """The PDFs Writer makes of those files, by their stems."""
    fonts = folder / "fonts.conf"
    known = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{other}</string></edit></match>'
        for name, other in _STAND_INS.items()
    )
    fonts.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{path("fonts")}</dir><cachedir>{folder / "cache"}</cachedir>{known}</fontconfig>',
        "utf-8",
    )
    profile = (folder / "profile").as_uri()
    command = [WRITER, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "out")]
    subprocess.run(
        [*command, *map(str, files)],
        check=True,
        capture_output=True,
        timeout=600,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    return {file.stem: (folder / "out" / f"{file.stem}.pdf").read_bytes() for file in files}
