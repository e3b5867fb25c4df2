"""Files that archives take: PDF/A-2b, what a file says of itself, pictures of every sort upright upon white."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageCms
from pypdf.generic import IndirectObject

from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.content import Picture
from resources import path, product_name
from tests.typesetting.archived import faults_of
from tests.typesetting.conftest import make_item, make_long, make_pledge, make_slip
from tests.typesetting.test_forces_sheet import forces

DAY = date(2021, 6, 30)
RED, BLUE = (200, 20, 20), (20, 20, 200)


def written(write: Callable[..., object], content: object) -> bytes:
    target = io.BytesIO()
    write(content, target)
    return target.getvalue()


def pictures(folder: Path) -> dict[str, Path]:
    """The sorts of pictures people hang on: red above, blue below, some with a glass pane at their right."""
    upright = Image.new("RGB", (300, 200), RED)
    upright.paste(BLUE, (0, 100, 300, 200))
    pane = upright.convert("RGBA")
    pane.paste((0, 0, 0, 0), (250, 0, 300, 200))
    exif = Image.Exif()
    made: dict[str, tuple[Image.Image, dict[str, object]]] = {
        "a.jpg": (upright, {}),
        "cmyk.jpg": (upright.convert("CMYK"), {}),
        "grey.jpg": (upright.convert("L"), {}),
        "glass.png": (pane, {}),
        "few.gif": (upright.quantize(16), {"transparency": 3}),
        "bits.png": (upright.convert("1"), {}),
        "deep.png": (Image.new("I;16", (300, 200), 40000), {}),
    }
    for number, way in enumerate((Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)):
        exif[0x0112] = (3, 6, 8)[number]
        made[f"turned{exif[0x0112]}.jpg"] = (upright.transpose(way), {"exif": exif.tobytes()})
    files = {name: folder / name for name in made}
    for name, (picture, said) in made.items():
        picture.save(files[name], **said)  # type: ignore[arg-type]
    return files


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], bytes]:
    """A dossier with every sort of picture, and their names in order."""
    folder = tmp_path_factory.mktemp("pictures")
    files = pictures(folder)
    content = make_long(3, pictures=[Picture(file, name) for name, file in files.items()])
    return list(files), written(write_papers, [content])


def test_a_file_is_one_that_archives_take(shown: tuple[list[str], bytes]) -> None:
    rare = make_item(responsible=("王䶮", "李𣲘"), title="张\u200b三（甲）\\的路")
    papers = [
        replace(make_pledge(11, number="花承诺〔2021〕1号", code="HJ-2021-P-1-00000000-11"), made_on=DAY),
        make_pledge(items=(rare,)),
    ]
    assert faults_of(written(write_papers, papers)) == []
    for content in ([make_slip(3)], forces(), [make_long(40)]):
        assert faults_of(written(write_papers, content)) == []
    assert faults_of(shown[1]) == []


def test_pages_name_the_same_resources_but_for_those_with_pictures(shown: tuple[list[str], bytes]) -> None:
    pages = pypdf.PdfReader(io.BytesIO(shown[1])).pages
    pictured = [page for page in pages if page["/Resources"].get("/XObject")]  # type: ignore[union-attr]
    named = [page.raw_get("/Resources") for page in pages if page not in pictured]
    assert pictured
    assert len(named) > 1
    assert all(isinstance(one, IndirectObject) and one == named[0] for one in named)


def test_a_file_says_what_it_is_whose_and_of_which_day() -> None:
    content = make_pledge(3)
    content = replace(content, made_on=DAY, fields={**content.fields, "署名": "花街镇人民政府"})
    found = pypdf.PdfReader(io.BytesIO(written(write_papers, [content]))).metadata
    assert found is not None
    assert dict(found) == {
        "/Title": "花街镇示例村2021年承诺书", "/Author": "花街镇人民政府", "/Subject": "承诺书",
        "/Creator": product_name(), "/Producer": product_name(),
        "/CreationDate": "D:20210630000000+08'00'", "/ModDate": "D:20210630000000+08'00'",
    }  # fmt: skip


def test_the_same_content_gives_the_same_bytes_but_for_its_day() -> None:
    content = replace(make_pledge(3), made_on=DAY)
    first, again, later = (written(write_papers, [one]) for one in (content, content, replace(content, made_on=date(2021, 7, 1))))
    assert first == again
    assert first != later
    assert first.replace(b"20210630", b"20210701").replace(b"2021-06-30", b"2021-07-01") == later


def test_pictures_of_every_sort_stand_upright_upon_white(shown: tuple[list[str], bytes]) -> None:
    names, data = shown
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        seen = page.render(scale=1).to_pil().convert("RGB")
        for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = image.get_bounds()
            box = (left, seen.height - top, right, seen.height - bottom)
            found.append((seen.getpixel((int(box[0] + 30), int(box[1] + 20))), seen.getpixel((int(box[0] + 30), int(box[3] - 20))), seen.getpixel((int(box[2] - 10), int(box[1] + 20))), (right - left) / (top - bottom)))  # fmt: skip
    assert len(found) == len(names)
    for name, (above, below, beside, shape) in zip(names, found, strict=True):
        assert shape == pytest.approx(1.5, abs=0.01), name
        if name not in ("grey.jpg", "bits.png", "deep.png"):
            assert above == pytest.approx(RED, abs=25), name  # type: ignore[arg-type]
            assert below == pytest.approx(BLUE, abs=60), name  # type: ignore[arg-type]
        if name == "glass.png":
            assert beside == (255, 255, 255)


def test_the_colours_are_those_of_the_usual_screen() -> None:
    """resources/srgb.icc is what Pillow makes of "sRGB", but for its version, which ISO 19005-2 bounds to 4.2, and its day."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    kept = path("srgb.icc").read_bytes()
    made[8:12], made[24:36] = kept[8:12], kept[24:36]
    assert bytes(made) == kept
    assert kept[8:10] == b"\x04\x20"
