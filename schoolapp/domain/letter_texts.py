"""The built-in texts of the letters, translated into every language that we write to people in.

No word depends on the gender of the reader; the named places are those of ``letters.PLACES``.
"""

from schoolapp.base.language import _, mark
from schoolapp.domain.letters import Occasion

_SUBJECTS = {
    Occasion.ACCEPTED: mark("{gathering}: you have a place"),
    Occasion.WAITING_LIST: mark("{gathering}: you are on the waiting list"),
    Occasion.DECLINED: mark("{gathering}: about your application"),
    Occasion.NEEDS_INFO: mark("{gathering}: we have a question about your application"),
    Occasion.REMINDER: mark("{gathering}: we still wait for your answer"),
    Occasion.OFFER: mark("{gathering}: we can offer you a place"),
    Occasion.VISA: mark("{gathering}: your visa"),
    Occasion.VISA_REFUSED: mark("{gathering}: your visa was refused"),
    Occasion.WITHDRAWN: mark("{gathering}: your application is withdrawn"),
    Occasion.CANCELLED: mark("{gathering}: your place is cancelled"),
}
_TEXTS = {
    Occasion.ACCEPTED: mark(
        "Dear {name},\n\n"
        "We are glad to tell you that you have a place at {gathering}, {dates}, in {city}.\n\n"
        "What you take part in: {modules}\n\n"
        "Please answer this mail by {deadline} to say whether you will come. If you need a visa "
        "or help with the costs of travel, tell us in the same mail.\n\n"
        "The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.WAITING_LIST: mark(
        "Dear {name},\n\n"
        "Thank you for your application to {gathering}, {dates}, in {city}. More people applied "
        "than there are places, and you are on the waiting list. As soon as a place becomes free "
        "for you, we will write to you.\n\n"
        "Please tell us if you can no longer come. The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.DECLINED: mark(
        "Dear {name},\n\n"
        "Thank you for your application to {gathering}, {dates}, in {city}. We are sorry that we "
        "cannot offer you a place this time. We had to choose among more people than there is "
        "room for; this is no judgement of you or your work.\n\n"
        "We would be glad to hear from you again. The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.NEEDS_INFO: mark(
        "Dear {name},\n\n"
        "Thank you for your application to {gathering}, {dates}, in {city}. Before we can decide "
        "on it, we would like to know:\n\n"
        "{question}\n\n"
        "Please answer this mail by {deadline}. The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.REMINDER: mark(
        "Dear {name},\n\n"
        "We wrote to you about your application to {gathering}, {dates}, in {city}, and have had "
        "no answer yet. We would still like to know:\n\n"
        "{question}\n\n"
        "Please answer this mail by {deadline}; after that day we can no longer consider the "
        "application. Its number is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.OFFER: mark(
        "Dear {name},\n\n"
        "A place at {gathering}, {dates}, in {city}, has become free, and you are next on the "
        "waiting list. We hold it for you until {deadline}.\n\n"
        "What you would take part in: {modules}\n\n"
        "Please answer this mail by then to say whether you take the place; after that day it "
        "goes to somebody else. The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.VISA: mark(
        "Dear {name},\n\n"
        "For {gathering}, {dates}, in {city}, you need a visa. Please ask the consulate for an "
        "appointment as soon as you can, and tell us the date of the appointment and your name "
        "as it is written in your passport, so that we can send you a letter of invitation.\n\n"
        "Please answer this mail by {deadline}. The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.VISA_REFUSED: mark(
        "Dear {name},\n\n"
        "We are very sorry to hear that your visa for {gathering}, {dates}, in {city}, was "
        "refused. We can therefore no longer keep your place, and it goes to the next person.\n\n"
        "If you appeal or apply again, tell us by {deadline}, and we will see what is possible. "
        "We would be glad to see you at a later gathering. The number of your application is "
        "{number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.WITHDRAWN: mark(
        "Dear {name},\n\n"
        "We have noted that you do not come to {gathering}, {dates}, in {city}, and keep no place "
        "for you any more.\n\n"
        "If this is a mistake, please answer this mail by {deadline}. The number of your "
        "application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
    Occasion.CANCELLED: mark(
        "Dear {name},\n\n"
        "We are sorry that we have to cancel your place at {gathering}, {dates}, in {city}. "
        "Please do not travel. If you have paid anything already, or bought a ticket, tell us in "
        "an answer to this mail by {deadline}.\n\n"
        "The number of your application is {number}.\n\n"
        "With warm greetings,\n{contact}"
    ),
}
TO_BE_AGREED = mark("to be agreed")
ALL_OF_IT = mark("the whole programme")


def built_in(occasion: Occasion) -> tuple[str, str]:
    """Subject and text in the language in use, with their named places."""
    return _(_SUBJECTS[occasion]), _(_TEXTS[occasion])
