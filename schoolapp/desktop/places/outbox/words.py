"""The words of the outbox: occasions, numbers before sending, the outcome of a round."""

from schoolapp.base.language import _, mark, plural
from schoolapp.desktop.look import formats
from schoolapp.operations.mail import Outgoing, Progress

OCCASIONS = {
    "accepted": mark("Accepted"),
    "waiting_list": mark("Waiting list"),
    "declined": mark("Declined"),
    "needs_info": mark("Question"),
    "reminder": mark("Reminder"),
    "offer": mark("Offer"),
    "visa": mark("Visa"),
    "visa_letter": mark("Letter of invitation"),
    "visa_refused": mark("Visa refused"),
    "withdrawn": mark("Withdrawn"),
    "cancelled": mark("Cancelled by us"),
    "programme": mark("Programme"),
    "invitation": mark("Invitation"),
    "session_changed": mark("Session changed"),
    "session_cancelled": mark("Session cancelled"),
    "session_removed": mark("Taken off a session"),
    "gathering_changed": mark("Gathering changed"),
    "farewell": mark("Farewell"),
}


def occasion(key: str) -> str:
    """Why a mail is written."""
    return _(OCCASIONS[key]) if key in OCCASIONS else key.replace("_", " ").capitalize()


def sending(number: int) -> str:
    """What a button or a step of the history says."""
    return plural("Send {number} letter", "Send {number} letters", number).format(
        number=formats.number(number)
    )


def leaving(number: int, seconds: int) -> str:
    """What the strip says while letters can still be called back."""
    letters = plural(
        "{number} letter leaves in {seconds} s.", "{number} letters leave in {seconds} s.", number
    )
    return letters.format(number=formats.number(number), seconds=formats.number(seconds))


def left_behind(number: int) -> str:
    """What the strip says of letters that were queued and have not gone."""
    return plural(
        "{number} letter is queued and has not left.",
        "{number} letters are queued and have not left.",
        number,
    ).format(number=formats.number(number))


def under_way(progress: Progress) -> str:
    """What the strip says while letters leave."""
    return _("Sending: {done} of {due}.").format(
        done=formats.number(progress.done), due=formats.number(progress.due)
    )


def numbers(found: Outgoing) -> list[str]:
    """The numbers before sending, a sentence each; zeros are left out."""
    said = [
        (
            plural(
                "{number} mail to one address.",
                "{number} mails to {addresses} addresses.",
                found.letters,
            ),
            found.letters,
        ),
        (
            plural(
                "{number} of them reports a change.",
                "{number} of them report a change.",
                found.changed,
            ),
            found.changed,
        ),
        (
            plural(
                "{number} has no address and stays.",
                "{number} have no address and stay.",
                found.without_address,
            ),
            found.without_address,
        ),
    ]
    addresses = formats.number(found.addresses)
    return [
        words.format(number=formats.number(number), addresses=addresses)
        for words, number in said
        if number
    ]


def outcome(progress: Progress) -> str:
    """The outcome of a round."""
    counted = (
        (plural("{number} letter sent.", "{number} letters sent.", progress.taken), progress.taken),
        (
            plural(
                "{number} is tried again later.", "{number} are tried again later.", progress.later
            ),
            progress.later,
        ),
        (
            plural("{number} was refused.", "{number} were refused.", progress.refused),
            progress.refused,
        ),
        (
            plural(
                "{number} may or may not have arrived: look into it.",
                "{number} may or may not have arrived: look into them.",
                progress.unsure,
            ),
            progress.unsure,
        ),
    )
    said = [words.format(number=formats.number(number)) for words, number in counted if number]
    return " ".join([*said, progress.trouble]).strip() or _("Nothing was due.")
