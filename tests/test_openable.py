"""What may be opened: what its ending says and its content is; nothing that could run, whatever it is called."""

import zipfile

import pytest
from openpyxl import Workbook

from huajie_desktop.work.kept_contents import plain_name
from huajie_desktop.work.openable import may_be_opened

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PROGRAM = b"MZ\x90\0" + bytes(2000)
RUNNING = """
exe com bat cmd msi scr ps1 vbs vbe js jse wsf hta jar lnk reg sh dll desktop pif cpl chm url msc py pyw ws wsh sct application
msp mst gadget inf scf iso img vhd html htm svg xll docm xlsm pptm dotm run AppImage deb rpm xml mht csv rtf
""".split()  # noqa: SIM905


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0"), ("a.JPEG", b"\xff\xd8\xff\xe1"), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.gif", b"GIF89a"),
        ("a.tif", b"II*\0"), ("a.webp", b"RIFF\0\0\0\0WEBP"), ("a.heic", b"\0\0\0\x18ftypheic"), ("a.pdf", b"%PDF-1.7"),
        ("a.ofd", b"PK\x03\x04"), ("a.zip", b"PK\x03\x04"), ("a.txt", "说明".encode()), ("a.txt", "说明".encode("gbk")),
        ("a.txt", "说明".encode("utf-16")), ("a.txt", b""), ("a.mp4", b"\0\0\0\x20ftypisom"), ("a.mp3", b"ID3"), ("a.amr", b"#!AMR\n"),
        ("a.doc", OLE), ("a.xls", OLE), ("a.wps", OLE), ("a.et", OLE),
    ],
)  # fmt: skip
def test_what_is_only_shown_may_be_opened(tmp_path, name, content):
    assert may_be_opened(write(tmp_path, name, content))


@pytest.mark.parametrize("ending", RUNNING)
def test_nothing_else_may_whatever_it_contains(tmp_path, ending):
    for content in (PROGRAM, b"%PDF-1.7", b"text"):
        assert not may_be_opened(write(tmp_path, f"通知.{ending}", content))
        assert not may_be_opened(write(tmp_path, f"通知.pdf.{ending}", content))


@pytest.mark.parametrize("ending", ["jpg", "png", "pdf", "ofd", "zip", "txt", "docx", "xls", "mp4", "mp3", "amr"])
@pytest.mark.parametrize("content", [PROGRAM, b"\x7fELF" + bytes(60), b"#!/bin/sh\nrm"])
def test_a_program_under_another_name_may_not(tmp_path, ending, content):
    assert not may_be_opened(write(tmp_path, f"a.{ending}", content))


def test_documents_may_without_macros_alone(tmp_path):
    Workbook().save(tmp_path / "a.xlsx")
    assert may_be_opened(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"")
    assert not may_be_opened(tmp_path / "a.xlsx")
    assert not may_be_opened(write(tmp_path, "a.xls", OLE + "_VBA_PROJECT".encode("utf-16-le")))
    assert not may_be_opened(write(tmp_path, "a.docx", b"PK\x03\x04 cut off"))


def test_a_name_without_an_ending_may_not(tmp_path):
    assert not may_be_opened(write(tmp_path, "README", b"text"))


@pytest.mark.parametrize(
    ("name", "plain"),
    [("合同.pdf", "合同.pdf"), ("cod\u202efdp.exe", "cod_fdp.exe"), ("../../a.txt", ".._.._a.txt"), ("C:\\a?.pdf", "C__a_.pdf")],
)
def test_a_name_that_is_proposed_hides_nothing_and_leads_nowhere(name, plain):
    assert plain_name(name) == plain
