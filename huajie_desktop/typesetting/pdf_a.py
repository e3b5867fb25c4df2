"""What makes a file one that archives take: PDF/A-2b (ISO 19005-2), and what the file says of itself."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from resources import path, product_name

if TYPE_CHECKING:  # reportlab is loaded with the first document
    from reportlab.pdfbase.pdfdoc import PDFDocument

LANGUAGE = "zh-CN"
_SRGB = "sRGB IEC61966-2.1"
# The clock of the offices is one for the whole country, eight hours ahead of UTC.
_INFO_DAY, _XMP_DAY = "D:{:%Y%m%d}000000+08'00'", "{:%Y-%m-%d}T00:00:00+08:00"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{said}
<pdf:Producer>{product}</pdf:Producer>
<xmp:CreatorTool>{product}</xmp:CreatorTool>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
_ALTERNATIVES = '<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:{name}>'
_DAY = "<xmp:{name}Date>{day}</xmp:{name}Date>"


class About(NamedTuple):
    """What a file says of itself: its title, the office it is of, the kind of paper, and the day it bears, if it does."""

    title: str
    author: str
    subject: str = ""
    made: date | None = None


def describe(document: "PDFDocument", about: About) -> None:
    """Puts into a document what is said of it, in its information and the same in XMP, and in which colours it is drawn.

    ISO 19005-2: 6.2.3 output intent, 6.6.2 and 6.6.4 metadata and identification.
    """
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

    about = About(_plain(about.title), _plain(about.author), _plain(about.subject), about.made)
    document.info = _information()(about)
    catalog = document.Catalog
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    catalog.Metadata = PDFStream(kind, _packet(about).encode())  # as it stands, for whoever looks into a file of any sort
    profile = PDFStream(PDFDictionary({"N": 3}), _profile(), [PDFZCompress])
    intent = {
        "Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"), "OutputConditionIdentifier": PDFString(_SRGB),
        "Info": PDFString(_SRGB), "DestOutputProfile": document.Reference(profile),
    }  # fmt: skip
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])


def end_streams() -> None:
    """reportlab 5.1.0 ends no stream with the line's end that has to stand before `endstream` (6.1.7.1); from now on it does."""
    from reportlab.pdfbase.pdfdoc import PDFStream

    written, end = PDFStream.format, b"endstream\n"

    def ended(stream: Any, document: Any) -> bytes:
        return b"%s\n%s" % (written(stream, document).removesuffix(end), end)

    PDFStream.format = ended


@cache
def _profile() -> bytes:
    """The colours of the usual screen, which what is drawn means by red, green and blue."""
    return path("srgb.icc").read_bytes()


@cache
def _information() -> Any:
    """The information dictionary; reportlab's own names itself and has entries that say nothing."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

    class Information(PDFInfo):  # type: ignore[misc]
        """What is said of a file in its information dictionary."""

        def __init__(self, about: About) -> None:
            super().__init__()
            self.title, self.author, self.subject = about.title, about.author, about.subject
            self.made = about.made

        def format(self, document: Any) -> Any:
            """The dictionary as it is written."""
            said = {"Title": self.title, "Author": self.author, "Subject": self.subject}
            said |= dict.fromkeys(("Creator", "Producer"), product_name())
            said |= dict.fromkeys(("CreationDate", "ModDate"), _INFO_DAY.format(self.made) if self.made else "")
            return PDFDictionary({name: PDFString(text) for name, text in said.items() if text}).format(document)

    return Information


def _packet(about: About) -> str:
    """The same in XMP."""
    texts = {"title": about.title, "description": about.subject}
    said = [_ALTERNATIVES.format(name=name, text=escape(text)) for name, text in texts.items() if text]
    if about.author:
        said.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>")
    if about.made:
        said += [_DAY.format(name=name, day=_XMP_DAY.format(about.made)) for name in ("Create", "Modify")]
    return _PACKET.format(language=LANGUAGE, said="\n".join(said), product=escape(product_name()))


def _plain(text: str) -> str:
    """The text without signs that XML cannot hold or nobody sees."""
    return "".join(character for character in text if character.isprintable())
