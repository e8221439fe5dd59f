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
    "discard": _("Discard and reload"),
    "read_only": _("Read only"),
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
