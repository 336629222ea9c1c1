"""Who says what a sentence tells, and whether it is said, claimed or denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.attribution import denying_verbs, find_speech, speech_verbs
from incidents.extractors.vocabulary import load_words
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

SPEECH = [
    # a clause
    ("Police said that six men died.", "Police", "asserted"),
    ("The governor confirmed that four men had died.", "governor", "asserted"),
    ("The ministry of defence reported that a convoy was hit.", "ministry of defence", "asserted"),
    ("Residents say that soldiers burned the houses.", "Residents", "asserted"),
    ("In a statement, the police said that two men were held.", "police", "asserted"),
    ("Officials, who asked not to be named, said that the strike killed four.", "Officials",
     "asserted"),
    ("Witnesses told the BBC that gunmen came at night.", "Witnesses", "asserted"),
    ("Colonel Musa Bala told AFP that six men died.", "Colonel Musa Bala", "asserted"),
    # outlets and monitors
    ("Reuters reported that a base was hit.", "Reuters", "asserted"),
    ("Local media reported that shells landed near the port.", "Local media", "asserted"),
    ("The Syrian Observatory for Human Rights said six died.",
     "Syrian Observatory for Human Rights", "asserted"),
    # according to
    ("According to local doctors, six men died.", "local doctors", "asserted"),
    ("According to the United Nations, 300 families fled.", "United Nations", "asserted"),
    ("Six men died, according to the Red Cross.", "Red Cross", "asserted"),
    ("Three hundred families fled, according to aid workers in Goma.", "aid workers in Goma",
     "asserted"),
    # behind it, and with a quotation
    ("Six men died, police said.", "police", "asserted"),
    ("Six men died, said police.", "police", "asserted"),
    ("Nine people died, the Red Crescent said on Monday.", "Red Crescent", "asserted"),
    ("Six men died, local sources told the agency.", "local sources", "asserted"),
    ('"They killed my son," said a woman.', "woman", "asserted"),
    ('"We buried nine people," said Amina Diallo, a teacher.', "Amina Diallo", "asserted"),
    # without its article
    ("A spokesman for the army told reporters that six men died.", "spokesman for the army",
     "asserted"),
    ("A military spokesman, Colonel Musa Bala, said that nine rebels died.", "military spokesman",
     "asserted"),
    ("A police statement said that six men died.", "police statement", "asserted"),
    ("An official in Kabul said six men died.", "official in Kabul", "asserted"),
    ('"We buried nine people," an elder told reporters.', "elder", "asserted"),
    # claimed
    ("The army claimed that it killed six rebels.", "army", "claimed"),
    ("The rebels claimed that they had killed 20 soldiers.", "rebels", "claimed"),
    ("The group claims it shot down a helicopter.", "group", "claimed"),
    ("Twenty soldiers died, the rebels claimed.", "rebels", "claimed"),
    ("Rebels alleged that troops shot two men.", "Rebels", "claimed"),
    ("The general insisted that the town was under control.", "general", "claimed"),
    ("The ministry asserted that its forces held the bridge.", "ministry", "claimed"),
    # denied
    ("The army denied that it killed six men.", "army", "denied"),
    ("The army denied that its planes hit a school.", "army", "denied"),
    # nobody
    ("Six men died.", None, "asserted"),
    ("The army attacked the camp.", None, "asserted"),
    ("It said that six men died.", None, "asserted"),
    ("Twelve people are said to have died.", None, "asserted"),
    ("It was reported that a shell hit a bus.", None, "asserted"),
    ("Rebels reportedly killed two men.", None, "asserted"),
    ("She said nothing.", None, "asserted"),
    ("The report adds to the pressure on the army.", None, "asserted"),
    ("A sign on the gate read 'closed'.", None, "asserted"),
]  # fmt: skip

NOUN = "a denial or confirmation with a noun, not a clause, as its object is no speech"
BUGS = [
    ("Police confirmed the deaths of six men.", "Police", "asserted", NOUN),
    ("The army denied the allegations.", "army", "denied", NOUN),
    ("The group rejected claims that it killed villagers.", "group", "denied", NOUN),
    ("The militia dismissed reports that it shot captives.", "militia", "denied", NOUN),
    ("The ministry denied bombing the hospital.", "ministry", "denied",
     "an -ing clause as the object is no speech"),
    ("Villagers accused the army of killing two men.", "Villagers", "claimed",
     "'accuse' has no clause as its object, so its subject is no speaker"),
    ("The attack was claimed by the Islamic State.", "Islamic State", "claimed",
     "the speaker of a passive is not looked for"),
    ("The army allegedly shelled a village.", None, "claimed",
     "an adverb of doubt marks the count beside it, not what the sentence tells"),
]  # fmt: skip


# sentence, modality of its count, who claims it
COUNTS = [
    ("Rebels killed two men in Mopti on Monday.", "asserted", None),
    ("Rebels killed two men in Mopti on Monday, police said.", "asserted", "police"),
    ("Rebels reportedly killed two men in Mopti on Monday.", "claimed", None),
    ("The army claimed that it killed two rebels in Mopti on Monday.", "claimed", "army"),
]


def speech(nlp: Language, sentence: str) -> tuple[str | None, str]:
    """Return the speaker and the modality of a sentence."""
    doc = nlp(sentence)
    found = find_speech(next(doc.sents))
    return found.speaker, found.modality


@pytest.mark.parametrize(("sentence", "speaker", "modality"), SPEECH, ids=[s[0] for s in SPEECH])
def test_find_speech_gives_speaker_and_modality(
    nlp: Language, sentence: str, speaker: str | None, modality: str
) -> None:
    """Who says what a sentence tells, and whether it is said, claimed or denied."""
    assert (speaker, modality) == speech(nlp, sentence)


@pytest.mark.parametrize(
    ("sentence", "speaker", "modality"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in BUGS
    ],
)
def test_find_speech_of_harder_sentence(
    nlp: Language, sentence: str, speaker: str | None, modality: str
) -> None:
    """Known failures: speakers that are cut or not found, claims taken for facts."""
    assert (speaker, modality) == speech(nlp, sentence)


@pytest.mark.parametrize(("text", "modality", "claimed_by"), COUNTS, ids=[c[0] for c in COUNTS])
def test_attribution_of_a_count(
    extractor: Extractor, text: str, modality: str, claimed_by: str | None
) -> None:
    """A count keeps who gives it, and whether it is said, claimed or only rumoured."""
    (report,) = extractor.extract(Article(id="a", text=text))

    assert [(modality, claimed_by)] == [(c.modality, c.claimed_by) for c in report.casualties]


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="the adverb stands beside the attack, not the count"
)
def test_attribution_of_a_count_of_a_doubtful_attack(extractor: Extractor) -> None:
    """The dead of an alleged attack are alleged."""
    text = "The army allegedly shelled a village near Mopti on Monday, killing four men."

    (report,) = extractor.extract(Article(id="a", text=text))

    assert [c.modality for c in report.casualties] == ["claimed"]


def test_find_speech_points_at_the_speaker(nlp: Language) -> None:
    """The token that is given is the head of the speaker's words."""
    doc = nlp("Six men died, doctors in Goma said.")

    found = find_speech(next(doc.sents))

    assert found.speaker_root is not None
    assert doc[found.speaker_root].text == "doctors"


def test_attribution_component_marks_each_sentence_with_a_speaker(nlp: Language) -> None:
    """Sentences that have a speaker are spans, and the others are not."""
    doc = nlp("Police said that two men died. The road was shut. The rebels claimed that they won.")

    spans = doc.spans["speech"]

    assert [(s._.speech.speaker, s._.speech.modality) for s in spans] == [
        ("Police", "asserted"), ("rebels", "claimed")]  # fmt: skip
    assert all(s.text == s.sent.text for s in spans)


def test_speech_verbs_are_of_one_modality() -> None:
    """No verb is both said, claimed and denied, and each list is read."""
    verbs = load_words("speech")["verbs"]

    assert set(verbs) == {"asserted", "claimed", "denied"}
    assert len(speech_verbs()) == sum(len(words) for words in verbs.values())
    assert denying_verbs() == set(verbs["denied"])
