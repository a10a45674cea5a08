"""Puts what people upload where it can be read, for as long as it is read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

#: What a form weighs beside the file in it.
ENVELOPE = 64 * 1024


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
