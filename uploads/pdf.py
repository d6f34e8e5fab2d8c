"""Writes a PDF anew: pages, links and form fields stay; nothing is left that runs, opens, sends or carries something.

Known places keep what is named here and lose the rest. Actions are also disarmed wherever else they stand.
"""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from .addresses import is_harmless
from .refusals import PDF_DAMAGED, PDF_EMPTY, PDF_LOCKED, PDF_PORTFOLIO, PDF_XFA, Refused

TRAILER = {"/Root", "/Info", "/ID", "/Size"}
CATALOGUE = {
    *("/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout"),
    *("/Outlines", "/AcroForm", "/Metadata", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents", "/OCProperties"),
}
NAMES = {"/Dests"}
FORM = {"/Fields", "/DR", "/DA", "/Q", "/NeedAppearances"}
PAGE = {
    *("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents", "/Rotate"),
    *("/Group", "/Annots", "/StructParents", "/Tabs", "/UserUnit", "/Metadata"),
}
ANNOTATIONS = {
    *("/Link", "/Widget", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"),
    *("/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Watermark"),
}
ACTIONS = {"/GoTo", "/URI", "/Named", "/ResetForm"}
NO_ACTIONS = {
    *("/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/GoTo3DView", "/GoToDp", "/Hide"),
    *("/Movie", "/Sound", "/Rendition", "/RichMediaExecute", "/SetOCGState", "/Thread", "/Trans"),
}
STEPS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/Print"}
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI")  # of a stream: its content lies in another file
FAULTS = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, ArithmeticError)


def write_pdf(source: Path, target: Path) -> int:
    """The number of its pages; raises ``Refused`` for what cannot be read or would be nothing without what it carries."""
    try:
        with pikepdf.open(source) as document:
            _must_be_readable(document)
            pages = len(document.pages)
            free(document)
            document.save(
                target,
                compress_streams=True,
                recompress_flate=True,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        with pikepdf.open(target) as written:
            if len(written.pages) != pages:
                raise Refused(PDF_DAMAGED)
    except pikepdf.PasswordError as error:
        raise Refused(PDF_LOCKED) from error
    except Refused:
        raise
    except FAULTS as error:
        raise Refused(PDF_DAMAGED) from error
    return pages


def _must_be_readable(document: pikepdf.Pdf) -> None:
    root = document.Root
    if not len(document.pages):
        raise Refused(PDF_EMPTY)
    if "/Collection" in root:
        raise Refused(PDF_PORTFOLIO)
    if bool(root.get("/NeedsRendering", False)):
        raise Refused(PDF_XFA)


def free(document: pikepdf.Pdf) -> None:
    """Take out of an open PDF whatever is active."""
    keep_only(document.trailer, TRAILER)
    keep_only(document.Root, CATALOGUE)
    keep_dictionary(document.Root, "/Names", NAMES)
    keep_dictionary(document.Root, "/AcroForm", FORM)
    for page in document.pages:
        keep_only(page.obj, PAGE)
        free_annotations(page.obj)
    free_fields(document.Root.get("/AcroForm"))
    for thing in document.objects:
        for inner in dictionaries(thing):
            disarm(inner)


def keep_only(holder: Object, names: set[str]) -> None:
    for name in list(holder.keys()):
        if name not in names:
            del holder[name]


def keep_dictionary(holder: Object, key: str, names: set[str]) -> None:
    value = holder.get(key)
    if isinstance(value, Dictionary):
        keep_only(value, names)
    elif value is not None:
        del holder[key]


def free_annotations(page: Object) -> None:
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        remove(page, "/Annots")
        return
    kept = [one for one in annotations if isinstance(one, Dictionary) and str(one.get("/Subtype", "")) in ANNOTATIONS]
    for annotation in kept:
        remove(annotation, "/AA", "/AF", "/FS", "/Sound", "/Movie")
    page["/Annots"] = Array(kept)


def free_fields(form: Object | None) -> None:
    """A field may calculate, check or send something by itself; a signature no longer holds, but its look stays."""
    waiting = [form.get("/Fields")] if isinstance(form, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        fields = waiting.pop()
        for field in fields if isinstance(fields, Array) else []:
            if isinstance(field, Dictionary) and field.objgen not in seen:
                if field.is_indirect:
                    seen.add(field.objgen)
                remove(field, "/AA")
                if field.get("/FT") == Name.Sig:
                    remove(field, "/V", "/Lock", "/SV")
                waiting.append(field.get("/Kids"))


def dictionaries(thing: Object) -> Iterator[Object]:
    """One object's dictionaries, however deep in it; objects that it refers to are looked at by themselves."""
    waiting = [thing]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Dictionary | Stream):
            yield at
            waiting += [value for value in at.values() if is_within(value)]
        elif isinstance(at, Array):
            waiting += [value for value in at if is_within(value)]


def is_within(value: object) -> bool:
    return isinstance(value, Object) and not value.is_indirect


def disarm(thing: Object) -> None:
    if isinstance(thing, Stream):
        remove(thing, *ELSEWHERE)
        if thing.get("/Type") == Name.EmbeddedFile or thing.get("/Subtype") == Name.PS:
            thing.write(b"")
        return
    if str(thing.get("/S", "")) in NO_ACTIONS or leads_away(thing):
        keep_only(thing, set())
    if "/S" in thing and isinstance(thing.get("/Next"), Dictionary | Array):
        remove(thing, "/Next")
    if {"/F", "/UF", "/Type"} & set(thing.keys()) and isinstance(thing.get("/EF"), Dictionary):
        remove(thing, "/EF", "/RF")
    for key in ("/A", "/PA"):
        action = thing.get(key)
        if isinstance(action, Dictionary) and "/S" in action and not is_kept(action):
            remove(thing, key)


def is_kept(action: Object) -> bool:
    return str(action.get("/S")) in ACTIONS and not leads_away(action)


def leads_away(thing: Object) -> bool:
    """A link to what is no address of the web, or a step that is none within the document."""
    match str(thing.get("/S", "")):
        case "/URI":
            address = thing.get("/URI")
            return not (isinstance(address, String) and is_harmless(str(address)))
        case "/Named":
            return str(thing.get("/N", "")) not in STEPS
    return False


def remove(holder: Object, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]
