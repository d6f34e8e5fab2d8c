from django.contrib.staticfiles.finders import AppDirectoriesFinder, find

from richtext.finders import LeanAppDirectoriesFinder


def sizes(finder):
    return {path: storage.size(path) for path, storage in finder().list([])}


def test_the_editor_is_published_without_what_nobody_asks_for():
    whole, lean = sizes(AppDirectoriesFinder), sizes(LeanAppDirectoriesFinder)
    editor = {path for path in lean if path.startswith("ckeditor/")}
    assert len(editor) < 70
    assert sum(lean[path] for path in editor) < 1_500_000
    assert {path for path in whole if not path.startswith("ckeditor/")} == {path for path in lean if path not in editor}


def test_no_plugin_that_takes_files_or_shows_the_source_is_published():
    published = " ".join(sizes(LeanAppDirectoriesFinder))
    unwanted = ["plugins/image/", "upload", "sourcedialog", "docprops", "iframe", "/forms/", "exportpdf", "lang/de.js", "samples"]
    assert [name for name in unwanted if name in published] == []


def test_what_is_not_published_is_still_found_while_developing():
    assert find("ckeditor/ckeditor/lang/de.js") is not None
