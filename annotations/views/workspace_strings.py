"""Which words does the workspace's JavaScript say? English here, in the person's language once the page is made."""

from django.utils.translation import gettext_lazy as _

STRINGS = {
    # Save state
    "saved": _("Saved"),
    "saving": _("Saving…"),
    "queued": _("Queued: {n}"),
    "attention": _("Needs attention"),
    "signed_out": _("Sign in again to save"),
    "retry": _("Retry"),
    "discard": _("Discard"),
    "save_title": _("Saving"),
    "retry_all": _("Retry all"),
    "send_now": _("Send now"),
    "sign_in": _("Sign in"),
    "refused_title": _("Not saved: {n}"),
    "why_saved": _("Everything is on the server."),
    "why_saving": _("On their way to the server: {n}"),
    "why_queued": _(
        "The server can't be reached. {n} edits are kept on this device and go out by themselves as soon as it answers."
    ),
    "why_refused": _("What the server refused has been taken back in the text. Everything else is saved."),
    "why_unkept": _("This browser can't keep your edits. Leave the page open until they are on the server."),
    "why_signed_out": _(
        "You have been signed out. Sign in in a new tab; this page goes on by itself. Edits kept on this device: {n}"
    ),
    "why_other_person": _("Somebody else is signed in in this browser. Your edits wait until you sign in again: {n}"),
    # What became of a single edit
    "changed_since": _("Somebody else has changed the same since you saw it. «Retry» puts yours in its place."),
    "server_error": _("The server fails whenever it is sent this. Everything else goes on."),
    "undo_dropped": _("Not undone: it was changed elsewhere since."),
    "edit_dropped": _("Not done: what it was about has been changed elsewhere."),
    "span.create": _("New span"),
    "span.update": _("Change of a span"),
    "span.delete": _("Deleted span"),
    "relation.create": _("New relation"),
    "relation.update": _("Change of a relation"),
    "relation.delete": _("Deleted relation"),
    "label.set": _("Label of the article"),
    "label.clear": _("Cleared label of the article"),
    # News from elsewhere
    "from_elsewhere": _("Changes from elsewhere: {n}"),
    "set_assigned": _("This work has been assigned."),
    "set_in_progress": _("This work is in progress."),
    "set_submitted": _("This work has been handed in."),
    "set_accepted": _("This work has been accepted."),
    "set_returned": _("This work has been returned to you."),
    "set_gone": _("This work is not open to you any more."),
    "now_editable": _("You can edit it."),
    "now_read_only": _("It is read only now."),
    # Editing
    "undo": _("Undo"),
    "redo": _("Redo"),
    "delete": _("Delete"),
    "delete_with": _("Delete with its relations: {n}"),
    "in_use": _("Relations stand on it that this label does not allow"),
    "cancel": _("Cancel"),
    "close": _("Close"),
    "edit": _("Edit"),
    "words": _("{n} words"),
    "word": _("1 word"),
    "choose_label": _("Choose a label"),
    "to_sentence": _("To sentence"),
    "chips": _("Chips"),
    "help": _("Help"),
    "finish": _("Done and next"),
    # Ends of relations
    "article": _("The article itself"),
    "implicit": _("Implicit"),
    "pick_in_text": _("Click in the text…"),
    "choose": _("Choose…"),
    "none": _("None"),
    "in_text": _("In the text"),
    "topics": _("Topics"),
    "claims": _("Claims"),
    # The article as a whole
    "whole": _("Article"),
    "no_article_labels": _("The scheme has no labels for whole articles."),
    # Claims
    "claim": _("Claim"),
    "source": _("Source"),
    "cue": _("Cue"),
    "add_source": _("Add a source"),
    "remove_source": _("Remove this source"),
    "no_source": _("No source yet"),
    "no_claims": _("No claims yet. Select a statement in the text and press C."),
    "pick_source": _("Who says it? Click a name in the text, or select the words."),
    "pick_cue": _("Which words report it? Select them in the text."),
    # Stances
    "stance": _("Stance"),
    "stances": _("Stances"),
    "new_stance": _("New stance"),
    "holder": _("Holder"),
    "target": _("Target"),
    "expression": _("Expression"),
    "polarity": _("Polarity"),
    "no_stances": _("No stances yet. Select a person in the text and press R."),
    "pick_holder": _("Whose stance is it? Click a name in the text."),
    "pick_target": _("On what? Click a name or a claim in the text, or choose from the list."),
    "pick_expression": _("Which words show it? Select them in the text."),
    "remove": _("Remove"),
    # Entities
    "entities": _("Entities"),
    "no_entities": _("No entities yet. Drag over a name in the text and press a number."),
    "paragraph": _("Paragraph {n}"),
    # Help
    "help_title": _("Keys"),
    "help_edit": _("Editing"),
    "help_label": _("Labels"),
    "help_view": _("View"),
    "help_go": _("Going on"),
    "exact": _("Hold Alt while dragging to keep the exact letters"),
    "cycle": _("Click again to select the span around"),
}


def strings() -> dict[str, str]:
    """Returns the strings in the active language; `{n}` stands for a number."""
    return {key: str(said) for key, said in STRINGS.items()}
