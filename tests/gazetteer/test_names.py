"""Name keys: spellings of one name meet, names of others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.gazetteer.names import (
    article_key,
    fold_name,
    fold_tokens,
    is_article,
    plain_key,
    sound_key,
    unfused,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Qamişlo", "qamislo"),
        ("Al-Ḩasakah", "al hasakah"),
        ("Ra’s al ‘Ayn", "ras al ayn"),
        ("I‘zāz", "izaz"),
        ("Iğdır", "igdir"),
        ("DİYARBAKIR", "diyarbakir"),
        ("Deir  ez–Zor", "deir ez zor"),
        ("St. Louis", "st louis"),
        ("Łódź", "lodz"),
        ("القامشلي", "القامشلي"),
        ("الحَسَكَة", "الحسكه"),
        ("ܙܐܠܝܢ", "ܙܐܠܝܢ"),
        ("", ""),
        ("'-–", ""),
    ],
)
def test_fold_name_keeps_letters_only(text: str, folded: str) -> None:
    """Case, diacritics, apostrophes and punctuation go; the letters stay."""
    assert folded == fold_name(text)


@given(st.text(max_size=40))
def test_fold_name_is_idempotent(text: str) -> None:
    """Folding a folded name changes nothing."""
    folded = fold_name(text)
    assert folded == fold_name(folded)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Al-Qamishli", ("qamishli",)),
        ("Al Qamishli", ("qamishli",)),
        ("Qamishli", ("qamishli",)),
        ("as-Suwayda", ("suwayda",)),
        ("Hay'at Tahrir al-Sham", ("hayat", "tahrir", "sham")),
        ("People’s Protection Units", ("people", "protection", "units")),
        ("Assad's forces", ("assad", "forces")),
        ("as soon as", ("as", "soon", "as")),
        ("Alasayish", ("alasayish",)),
        ("Al", ("al",)),
    ],
)
def test_fold_tokens_drops_articles(text: str, tokens: tuple[str, ...]) -> None:
    """A separate or hyphenated article and a possessive go; English words stay."""
    assert tokens == fold_tokens(text)


def test_is_article_knows_the_separate_article() -> None:
    """Only "al" and "el" are articles as words of their own."""
    assert [is_article(word) for word in ("al", "El", "as", "an")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kamishly", "Qameshli"),
        ("Shaykh Maqsud", "Sheikh Maksoud"),
        ("Mosul", "Moussoul"),
        ("Qamişlo", "Qamishlu"),
    ],
)
def test_sound_key_joins_romanisations(one: str, other: str) -> None:
    """Spellings that differ by romanisation share a key."""
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Zalin", "Zlín"), ("Homs", "Hama"), ("Kobani", "Kabul"), ("Goma", "Beni")]
)
def test_sound_key_keeps_strangers_apart(one: str, other: str) -> None:
    """Different names keep different keys."""
    assert sound_key(one) != sound_key(other)


def test_sound_key_is_for_latin_script() -> None:
    """Other scripts have no sound key."""
    assert sound_key("القامشلي") == ""


def test_article_key_drops_the_article() -> None:
    """Articles inside the name go, spaces too."""
    assert article_key(fold_name("Ras al-Ayn")) == "rasayn"
    assert plain_key(fold_name("Ras al-Ayn")) == "rasalayn"


@pytest.mark.parametrize(("key", "shorter"), [("alwahda", "wahda"), ("alma", None), ("x", None)])
def test_unfused_offers_the_name_without_its_article(key: str, shorter: str | None) -> None:
    """Only a long name can hide an article."""
    assert shorter == unfused(key)
