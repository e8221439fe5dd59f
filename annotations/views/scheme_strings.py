"""Which words does the label editor's JavaScript say? English here, in the person's language once the page is made."""

from django.utils.translation import gettext_lazy, pgettext_lazy

STRINGS = {
    "archive": gettext_lazy("Archive"),
    "archived": gettext_lazy("archived"),
    "archived_in": gettext_lazy("is archived; what bears it stays"),
    "attribute_add": gettext_lazy("Attribute"),
    "attribute_name": gettext_lazy("Name in exports"),
    "attributes": gettext_lazy("Attributes"),
    "changes": gettext_lazy("Changes"),
    "clash": gettext_lazy("«{title}» has the same key."),
    "color": gettext_lazy("Colour"),
    "contrast": gettext_lazy("Contrast: light {light}, dark {dark}"),
    "counting": gettext_lazy("Counting…"),
    "discard_sure": gettext_lazy("Discard the draft? What is published stays."),
    "draft_saved": gettext_lazy("Draft saved"),
    "down": gettext_lazy("Move down in the list"),
    "edited": gettext_lazy("edited"),
    "ends": gettext_lazy("What may stand there"),
    "ends_gone": gettext_lazy("{n} relations with ends that are no longer allowed"),
    "end_add": gettext_lazy("Add what may stand here"),
    "english": gettext_lazy("English title"),
    "everything_fits": gettext_lazy("Nothing in the work that is there changes."),
    "failed": gettext_lazy("The server can't be reached. Nothing was changed; try again."),
    "free": gettext_lazy("free"),
    "group_article": gettext_lazy("Document labels"),
    "group_entity": gettext_lazy("Entities"),
    "group_relation": gettext_lazy("Relations"),
    "group_words": gettext_lazy("Claims and their words"),
    "guided": gettext_lazy("in the guideline"),
    "in_articles": gettext_lazy("in {n} of {m} articles; nothing is deleted"),
    "invalid": gettext_lazy("{n} with attributes or values that no longer fit"),
    "into": gettext_lazy("becomes «{title}»"),
    "key": gettext_lazy("Key in exports"),
    "key_locked": gettext_lazy("In use: to rename it, make a label with another key and merge this one into it."),
    "length": gettext_lazy("At most so many characters"),
    "max": gettext_lazy("Greatest"),
    "merge": gettext_lazy("Merge into…"),
    "merge_hint": gettext_lazy("What bears this label will bear that one, in every history; this one is archived."),
    "min": gettext_lazy("Least"),
    "missing": gettext_lazy("{n} lack what is required now"),
    "moved": gettext_lazy("Order changed"),
    "new": gettext_lazy("new"),
    "no_attributes": gettext_lazy("No attributes."),
    "no_change": gettext_lazy("No changes: this is version {n}."),
    "no_preview": gettext_lazy("There is no article yet to show the labels in."),
    "nobody_uses": gettext_lazy("nothing bears it"),
    "note": gettext_lazy("What changed, in a line"),
    "of_article": gettext_lazy("the whole text"),
    "of_span": gettext_lazy("spans"),
    "of_relation": gettext_lazy("between spans"),
    "optional": gettext_lazy("optional"),
    "order": gettext_lazy("Place in the list"),
    "other_draft": gettext_lazy("This is {name}'s draft. Saving makes it yours."),
    "per_topic": gettext_lazy("Asked of each topic"),
    "persian": gettext_lazy("Persian title"),
    "press": gettext_lazy("Press a key"),
    "problems": gettext_lazy("Problems in the way: {n}"),
    "publish": gettext_lazy("Publish version {n}"),
    "published": gettext_lazy("Version {n} is published."),
    "put_free": gettext_lazy("Take {key}"),
    "read": gettext_lazy("{n} labels read, {m} of them new. Look through them, then publish."),
    "refused": gettext_lazy("{n} don't fit «{title}»"),
    "relation_not": gettext_lazy("In the draft «{end}» can't be {slot} of «{relation}»."),
    "remove": gettext_lazy("Remove"),
    "required": gettext_lazy("required"),
    "restore": gettext_lazy("Restore"),
    "restored": gettext_lazy("is restored"),
    "save": gettext_lazy("Save draft"),
    "shortcut": gettext_lazy("Shortcut"),
    "shortcut_none": gettext_lazy("none"),
    "signed_out": gettext_lazy("Sign in again, then go on here."),
    "slot_head": gettext_lazy("Head"),
    "slot_tail": gettext_lazy("Tail"),
    "slot_via": gettext_lazy("Middle"),
    "stale": gettext_lazy("Version {n} was published meanwhile."),
    "rebase": gettext_lazy("Carry the draft over"),
    "swap": gettext_lazy("Swap"),
    "take_back": gettext_lazy("Take back"),
    "taken_in": gettext_lazy("The labels of version {n} are in the draft."),
    "title_fa": gettext_lazy("in Persian"),
    "title_en": gettext_lazy("in English"),
    "type": gettext_lazy("Type"),
    "type_boolean": gettext_lazy("yes or no"),
    "type_choice": gettext_lazy("one of a list"),
    "type_integer": gettext_lazy("whole number"),
    "type_number": gettext_lazy("number"),
    "type_string": gettext_lazy("text"),
    "unsure": gettext_lazy("The server did not answer. Reload the page to see whether the version is published."),
    "unguided": gettext_lazy("not in the guideline yet"),
    "unsaved": gettext_lazy("not saved"),
    "up": gettext_lazy("Move up in the list"),
    "used": gettext_lazy("{n} annotations"),
    "used_in_affected": gettext_lazy("Affected annotations: {n}"),
    "value": gettext_lazy("Value"),
    "value_add": gettext_lazy("Value"),
    "values": gettext_lazy("Values"),
    "field_title_fa": gettext_lazy("title"),
    "field_title_en": gettext_lazy("English title"),
    "field_color": gettext_lazy("colour"),
    "field_shortcut": gettext_lazy("shortcut"),
    "field_attributes": gettext_lazy("attributes"),
    "field_ends": gettext_lazy("allowed ends"),
    "field_key": gettext_lazy("key"),
}
# What the field calls the slots of each kind of relation.
ROLES = {
    "holder": gettext_lazy("holder"), "expression": gettext_lazy("expression"), "target": gettext_lazy("target"),
    "content": gettext_lazy("content"), "cue": gettext_lazy("cue"), "source": gettext_lazy("source"),
    "head": pgettext_lazy("end of a relation", "head"), "tail": pgettext_lazy("end of a relation", "tail"),
}  # fmt: skip
COLORS = {
    "rust": gettext_lazy("rust"),
    "blue": gettext_lazy("blue"),
    "green": gettext_lazy("green"),
    "ochre": gettext_lazy("ochre"),
    "teal": gettext_lazy("teal"),
    "olive": gettext_lazy("olive"),
    "brown": gettext_lazy("brown"),
    "plum": gettext_lazy("plum"),
    "magenta": gettext_lazy("magenta"),
    "violet": gettext_lazy("violet"),
    "gold": gettext_lazy("golden"),
    "slate": gettext_lazy("slate"),
    "moss": gettext_lazy("moss"),
}
ENDS = {
    "@entity": gettext_lazy("any entity"), "@claim": gettext_lazy("any claim"), "@cue": gettext_lazy("any cue"),
    "@expression": gettext_lazy("any expression"), "@topic": gettext_lazy("a topic of the project"),
    "@article": gettext_lazy("the article itself"), "@implicit": gettext_lazy("implicit"),
}  # fmt: skip


def strings() -> dict[str, str]:
    """Returns the strings in the active language; `{…}` stands for what the page fills in."""
    return {key: str(said) for key, said in STRINGS.items()}


def ends() -> dict[str, str]:
    """Returns what may stand in a slot besides single labels, with its title."""
    return {key: str(said) for key, said in ENDS.items()}


def color_titles() -> dict[str, str]:
    """Returns the names of the palette's colours."""
    return {key: str(said) for key, said in COLORS.items()}


def roles(declared: dict[str, str]) -> dict[str, str]:
    """Returns the titles of a kind's slots by slot."""
    return {slot: str(ROLES[role]) for slot, role in declared.items()}
