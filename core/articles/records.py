"""One record, a row of a table or a JSON object, to one article."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from incidents.articles.decode import unify_line_ends
from incidents.articles.fields import make_article
from incidents.articles.layouts import find_layout, pick_values
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidents.articles.source import Options, Origin
    from incidents.model import Article

_MAX_NAMES = 8  # of fields in a message
_MAX_NAME = 40  # characters of each


def read_record(value: object, origin: Origin, options: Options) -> Article | InputError:
    """Make an article of a record.

    Args:
        value: the record.
        origin: where it is read from.
        options: names of fields, as the user says.

    Returns:
        The article, or what is wrong with the record.
    """
    if not isinstance(value, dict):
        return InputError(f'{origin.label}: not a JSON object; write {{"id": …, "text": …}}')
    layout = find_layout(value)
    values = pick_values(value, layout, options.fields)
    text = values.pop("text")
    if not isinstance(text, str):
        return InputError(_explain_text(text, value, origin, options))
    text = unify_line_ends(text.removeprefix("\ufeff"))
    if layout.is_html:
        from incidents.articles.markup import markup_text  # noqa: PLC0415 - few records need lxml

        text = markup_text(text)
        if isinstance(values["title"], str):
            values["title"] = markup_text(values["title"])
    try:
        return make_article({key: _plain(each) for key, each in values.items()}, text, origin)
    except InputError as error:
        return error


def _explain_text(text: object, record: Mapping[str, Any], origin: Origin, options: Options) -> str:
    """Say what is wrong with a record's text."""
    name = options.fields.get("text", "text")
    if text is not None:
        return f"{origin.label}: {name!r} is not a string; give the article's words as {name!r}"
    return f"{origin.label}: {explain_missing(name, record)}"


def explain_missing(name: str, names: Iterable[str]) -> str:
    """Say that a field is missing, which ones there are, and how to name the right one."""
    known = [each for each in names if each and each != name]
    shown = ", ".join(_shorten(each) for each in known[:_MAX_NAMES]) + (
        ", …" if len(known) > _MAX_NAMES else ""
    )
    listed = f" among its fields ({shown})" if shown else ""
    return f"no {name!r}{listed}; name what each holds: --fields text=NAME,published=NAME"


def _shorten(name: str) -> str:
    """A name on one line; that of a table without a heading is a text."""
    name = " ".join(name.split())
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 1] + "…"


def _plain(value: object) -> object:
    """A value of a table as JSON would have it; NaN is how tables say that nothing is there."""
    if isinstance(value, dt.date):  # and its child datetime
        return value.isoformat()
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() else value  # noqa: PLR0124
    return value
