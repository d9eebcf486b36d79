"""The letter to the ministry about a supra-regional need: as it was sent, or to go on writing."""

from domain.steering.mandate import MinistryMandate
from services.api.resolution_views import LetterView, ResolutionView
from services.papers.head import Head, facts_of
from services.papers.paper import Paper, Paragraph, Part, paragraphs
from services.papers.wording import said
from services.texts import day


def sent_letter(letter: LetterView, resolution: ResolutionView, head: Head) -> Paper:
    """The letter as it was recorded."""
    language = head.language
    facts = {
        "addressee": letter.addressee,
        "sent": day(letter.sent_on, language),
        "reference": letter.reference,
        "resolution": resolution.reference or resolution.title,
    }
    return Paper(
        language=language,
        on=letter.sent_on,
        title=said("letter.title", language),
        subtitle=letter.subject_line,
        issuer=head.issuer,
        draft="",
        facts=facts_of(facts, language),
        parts=(Part(title=letter.subject_line, blocks=paragraphs(letter.text)),),
        proof=_proof("letter.recorded", letter.position, head),
    )


def drafted_letter(
    mandate: MinistryMandate, resolution: ResolutionView, body: str, head: Head
) -> Paper:
    """What the resolution says, for whoever writes the letter. `body` is the body's title."""
    language = head.language
    facts = {"resolution": resolution.reference or resolution.title}
    resolved = said(
        "letter.resolved",
        language,
        body=body,
        decided_at=head.moment(resolution.decided_at),
        yes=resolution.tally.yes,
        no=resolution.tally.no,
        abstain=resolution.tally.abstain,
    )
    return Paper(
        language=language,
        on=head.day(resolution.decided_at),
        title=said("letter.title", language),
        subtitle=resolution.title,
        issuer=head.issuer,
        draft=said("letter.draft", language),
        facts=facts_of(facts, language),
        parts=(
            Part(title=said("letter.need", language), blocks=paragraphs(mandate.need)),
            Part(
                title=said("letter.resolution", language),
                blocks=(Paragraph(resolved), *paragraphs(resolution.text)),
            ),
        ),
        proof=_proof("letter.drafted", resolution.steps[0].position, head),
    )


def _proof(key: str, position: int, head: Head) -> Part:
    """Where in the record it stands."""
    text = said(key, head.language, position=position)
    return Part(title=said("letter.proof", head.language), blocks=(Paragraph(text),))
