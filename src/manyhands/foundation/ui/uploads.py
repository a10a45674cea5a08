"""What people send up: how much of it we take, and a place where a file can be read for as long as it is read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .errors import too_big

#: What a form weighs beside the file in it.
ENVELOPE = 64 * 1024


class SizeGate:
    """Refuses a body that is too large before a byte of it is read, so that nobody fills the disk with one upload.

    It stands before every page and not only before those with a form for files: whoever wants to fill a disk sends a
    file where none is asked for. A body without an announced length is never read by what is behind this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        most = max(settings.UPLOAD_LIMIT, settings.DATA_UPLOAD_MAX_MEMORY_SIZE) + ENVELOPE
        if announced.isdigit() and int(announced) > most:
            return too_big(request, larger_than_we_take(settings.UPLOAD_LIMIT))
        return self.get_response(request)


class UploadField(forms.FileField):
    """A file of at most ``most`` bytes, and of at most as much as the operator lets people upload."""

    def __init__(self, *, most: int | None = None, **rest: Any) -> None:
        super().__init__(**rest)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        most = min(self.most or settings.UPLOAD_LIMIT, settings.UPLOAD_LIMIT)
        if isinstance(file, UploadedFile) and (file.size or 0) > most:
            raise forms.ValidationError(larger_than_we_take(most))
        return file


def larger_than_we_take(most: int) -> str:
    words = _(
        "We take files of up to %(limit)s. Nothing was saved. Split the file, or leave out columns you do not need."
    )
    return words % {"limit": filesizeformat(most)}


@contextmanager
def in_a_folder(uploads: Sequence[UploadedFile]) -> Iterator[list[Path]]:
    """The uploads as files, named as their owners do, so that reasons can name them; forgotten afterwards."""
    with TemporaryDirectory() as folder:
        paths = []
        for at, upload in enumerate(uploads):
            place = Path(folder) / str(at)
            place.mkdir()
            name = "".join(letter for letter in Path(upload.name or "").name if letter.isprintable())
            paths.append(place / (name[-80:].strip(". ") or "file"))
            with paths[-1].open("wb") as copy:
                for chunk in upload.chunks():
                    copy.write(chunk)
        yield paths
