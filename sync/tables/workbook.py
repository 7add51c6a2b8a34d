"""One sheet of a workbook (.xlsx, .xlsm, .xls, .ods) as rows of text. No macro and no formula of it is ever run.

What a formula gives is what the program that wrote the file last reckoned. The whole sheet stands in memory, within
the bounds of `container`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.tables import binary, excel, opendocument
from sync.tables.container import Container, check_size, locked, refused
from sync.tables.footers import Footers
from sync.tables.heading import names
from sync.tables.kinds import kind_of
from sync.tables.looked import Looked, Place
from sync.tables.merging import Merges
from sync.tables.rows import Block, Fault, Passed, Table
from sync.tables.spreadcells import CellValue, is_moment, text_of
from sync.tables.textform import TextForm

_ROWS_AT_ONCE: Final = 4_000
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")  # a stream of a locked .xlsx: MS-OFFCRYPTO 2.3.4.4
_UNREADABLE: Final = N_("it is damaged or no workbook: {found}")
_NO_SHEET: Final = N_("it has no sheet called {sheet}, but: {known}")
_SEVERAL: Final = N_("several of its sheets hold rows, and the profile names none: {known}")
_EMPTY: Final = Reason(N_("it is empty"))
_NO_HEAD: Final = Reason(N_("it has no headings"))
_NO_TRAILER: Final = Reason(N_("its last line, which counts the rows, is missing"))
_MISCOUNTED: Final = Reason(N_("it holds another number of rows than its last line says"))


class Sheet(Table):
    """The rows of the sheet that the form names, or of the only one that holds any. Rows are numbered as on screen.

    Raises `ReaderError` for a workbook that is damaged, locked, larger than any export, or without that sheet.
    """

    def __init__(self, path: Path, form: TextForm) -> None:
        super().__init__(path)
        self._form = form
        self._footers = Footers(form, form.trailer)
        with _guarded(path):
            sheet, looked = _opened(path, form.sheet)
            self._rows = iter(sheet.iter_rows())
            merged = looked.merged if looked.merged is not None else sheet.merged_cell_ranges
        last = form.head + form.head_rows - 1
        top = [row for _, row in zip(range(last), self._rows, strict=False)]
        heads = [[self._shown(cell) for cell in row] for row in top[form.head - 1 :]]
        if len(heads) < form.head_rows or not any(cell.strip() for row in heads for cell in row):
            raise refused(path, _NO_HEAD if any(any(row) for row in top) else _EMPTY)
        self.before = tuple(" ".join(filter(None, map(self._shown, row))) for row in top[: form.head - 1])
        self.head = names(heads)
        self.head_line = last
        self._again = heads[0] if form.head_rows == 1 and len(self.head) > 1 else None
        self._errors = _by_row(looked.errors)
        self._merges = Merges(path, merged or (), last, sheet.total_height, fill=form.merged == "fill")

    def _shown(self, cell: CellValue) -> str:
        return text_of(cell, self._form)

    def blocks(self, wanted: Sequence[int]) -> Iterator[Block]:
        """See `Table`."""
        line = self.head_line
        while rows := [row for _, row in zip(range(_ROWS_AT_ONCE), self._rows, strict=False)]:
            yield self._block(rows, line, wanted)
            line += len(rows)
        if self._form.trailer and self._footers.stated is None:
            raise refused(self.path, _NO_TRAILER, line)
        if self._footers.stated is not None and self._footers.stated != self.count:
            raise refused(self.path, _MISCOUNTED, line)

    def _block(self, rows: Sequence[list[CellValue]], before: int, wanted: Sequence[int]) -> Block:
        cells: dict[int, list[str]] = {place: [] for place in wanted}
        moments: dict[int, list[int]] = {}
        lines: list[int] = []
        faults: list[Fault] = []
        for line, row in enumerate(rows, start=before + 1):
            # A cell with an error is read as empty, so it is put in: its row is not blank.
            errors = self._errors.get(line - 1, {})
            merged = self._merges.apply(line - 1, row, wanted)
            passed = self._passed(row) if not errors else None
            if passed is not None:
                passed.see([line])
                continue
            self.count += 1
            lines.append(line)
            faults += [Fault("cell-merged", line, self._shown(row[place]), kept=True, place=place) for place in merged]
            for place in wanted:
                if place in errors:
                    faults.append(Fault("cell-error", line, errors[place], kept=True, place=place, lost=True))
                    cells[place].append("")
                    continue
                if is_moment(row[place]):
                    moments.setdefault(place, []).append(line)
                cells[place].append(self._shown(row[place]))
        return Block(cells, lines, faults, moments)

    def _passed(self, row: Sequence[CellValue]) -> Passed | None:
        """Where a row is counted that is none of the table's."""
        first = next((cell for cell in row if cell != ""), None)
        if first is None:
            return self.blank
        text = self._shown(first)
        if self._again is not None and [self._shown(cell) for cell in row] == self._again:
            return self.heads
        if self._form.comment and text.startswith(self._form.comment):
            return Passed()
        return self.footers if self._footers and self._footers.is_cell(text) else None


def _opened(path: Path, name: str) -> tuple[CalamineSheet, Looked]:
    """The sheet of that name, else the only one that holds anything; looked at before it is read."""
    check_size(path)
    if kind_of(path) == "ole":
        raw = path.read_bytes()
        if _ENCRYPTED in raw:
            raise locked(path)
        sheets = binary.look(path, raw)
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return _chosen(path, book, name, lambda sheet: sheets.get(sheet, Looked(path)))
    with Container(path) as container:
        container.check()
        sheets = opendocument.look(container) if container.kind == "ods" else {}
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        return _chosen(path, book, name, lambda sheet: sheets.get(sheet) or excel.look(container, sheet))


def _chosen(
    path: Path, book: CalamineWorkbook, name: str, look: Callable[[str], Looked]
) -> tuple[CalamineSheet, Looked]:
    known = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if name and name not in known:
        raise refused(path, Reason(_NO_SHEET, {"sheet": name, "known": ", ".join(known)}))
    found: list[tuple[CalamineSheet, Looked]] = []
    for one in [name] if name else known:
        looked = look(one)
        sheet = book.get_sheet_by_name(one)
        if name or sheet.total_height or sheet.width:
            found.append((sheet, looked))
    if not found:
        raise refused(path, _EMPTY)
    if len(found) > 1:
        several = tuple(sheet.name for sheet, _ in found)
        raise refused(path, Reason(_SEVERAL, {"known": ", ".join(several), "sheets": several}))
    return found[0]


@contextmanager
def _guarded(path: Path) -> Generator[None]:
    """What the library says of a damaged file, as an error of ours; it panics where its own code is at a loss."""
    try:
        yield
    except PasswordError:
        raise locked(path) from None
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    except (CalamineError, ValueError, OverflowError, IndexError) as wrong:
        raise refused(path, Reason(_UNREADABLE, {"found": wrong})) from wrong
    except BaseException as wrong:
        if type(wrong).__name__ == "PanicException":
            raise refused(path, Reason(_UNREADABLE, {"found": wrong})) from None
        raise


def _by_row(errors: Mapping[Place, str]) -> Mapping[int, Mapping[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in errors.items():
        found.setdefault(row, {})[column] = text
    return found
