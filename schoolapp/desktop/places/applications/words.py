"""The words of the steps and decisions on an application."""

from schoolapp.language import mark

STEPS = {
    "submit": mark("Submit"),
    "discard": mark("Discard"),
    "check_ok": mark("Shortlist"),
    "ask_more": mark("Ask for more"),
    "not_eligible": mark("Decline"),
    "answer": mark("Has answered"),
    "silence": mark("Did not answer"),
    "withdraw": mark("Withdraw"),
    "accept": mark("Accept"),
    "waitlist": mark("Waiting list"),
    "reject": mark("Decline"),
    "promote": mark("Accept"),
    "close": mark("Close the waiting list"),
    "confirm": mark("Confirm"),
    "no_answer": mark("Did not answer"),
    "decline": mark("Declines the place"),
    "ask_visa": mark("Waits for a visa"),
    "cancel": mark("Cancels"),
    "host_cancels": mark("Cancelled by the host"),
    "arrive": mark("Arrived"),
    "start_passed": mark("Did not come"),
    "granted": mark("Visa granted"),
    "refused": mark("Visa refused"),
    "leave": mark("Left"),
    "leave_early": mark("Left early"),
    "duplicate_of": mark("Merged as a duplicate"),
}
"""What the button of a step and a line of the history say."""

DONE = {
    "accept": mark("Accept {name}"),
    "shortlist": mark("Shortlist {name}"),
    "waitlist": mark("Put {name} on the waiting list"),
    "decline": mark("Decline the application of {name}"),
    "confirm": mark("Confirm the place of {name}"),
    "withdraw": mark("Withdraw the application of {name}"),
    "arrive": mark("Check in {name}"),
}
"""The title of the change that a decision makes, for one person."""

DONE_MANY = {
    "accept": mark("Accept {count} applications"),
    "shortlist": mark("Shortlist {count} applications"),
    "waitlist": mark("Put {count} applications on the waiting list"),
    "decline": mark("Decline {count} applications"),
    "confirm": mark("Confirm {count} places"),
    "withdraw": mark("Withdraw {count} applications"),
    "arrive": mark("Check in {count} people"),
}
"""The title of the change that a decision makes, for several people."""
