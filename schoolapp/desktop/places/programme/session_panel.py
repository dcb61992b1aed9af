"""The panel of a session: its form, its texts, and who answered."""

from schoolapp.base.language import _, isolate
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Saving
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts
from schoolapp.desktop.places.programme.queries import Answer, Details
from schoolapp.desktop.places.programme.words import AUDIENCES, kind_word
from schoolapp.domain.invitations import InvitationState
from schoolapp.domain.scheduling import SessionDraft

NAMES_SHOWN = 8


class SessionPanel(Panel[SessionDraft]):
    """Edits one session; texts and answers are shown beneath."""

    def __init__(
        self, desk: Desk, form: Form[SessionDraft], saving: Saving[SessionDraft, SessionDraft]
    ) -> None:
        super().__init__(desk, form, saving)
        self.answers: tuple[Answer, ...] = ()
        self._texts, self._answers = Facts(), Facts()
        for facts in (self._texts, self._answers):
            self.add(facts)

    def show_session(self, found: Details) -> None:
        """Show a session as stored."""
        draft = found.draft
        audience = dict(AUDIENCES).get(draft.audience, "")
        kind = _("{kind} · {audience}").format(
            kind=kind_word(draft.kind), audience=_(audience) if audience else ""
        )
        self.show_item(found.id, draft.title, kind, state_look("session", found.state), draft)
        self._texts.show_facts([(label, isolate(words)) for label, words in _texts(found)])
        self.answers = found.answers
        self._answers.show_facts([_answer_words(one) for one in found.answers])


def _texts(found: Details) -> list[tuple[str, str]]:
    """The texts to read for a session, by language, and the languages without one."""
    texts = [
        (formats.language_name(text.lang), f"{text.author}: {text.title}") for text in found.texts
    ]
    if found.gap:
        texts.append((_("Missing"), formats.language_names(found.gap)))
    return texts


def _answer_words(answer: Answer) -> tuple[str, str]:
    silent = answer.state is InvitationState.SENT
    state = _("No answer") if silent else state_look("invite", answer.state).text
    label = _("{state}: {number}").format(state=state, number=len(answer.names))
    return label, isolate(_some(answer.names))


def _some(names: tuple[str, ...]) -> str:
    """The first names of a long list; the command reminds them all."""
    return ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
