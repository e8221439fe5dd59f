"""Which words does the workspace say about entities: linking, listing, and the same label in all open articles?"""

from django.utils.translation import gettext_lazy as _

ENTITY_STRINGS = {
    # Linking a mention
    "key_link": _("Link to an entity"),
    "key_mention": _("Next or previous mention of the same"),
    "link": _("Link"),
    "linked": _("Linked"),
    "link_title": _("Which entity is it?"),
    "link_find": _("Search the knowledge base"),
    "link_create": _("New entity"),
    "link_made": _("Made and linked:"),
    "link_unlink": _("Take the link away"),
    "link_gone": _("The link is gone."),
    "link_names": _("Other names"),
    "link_drop": _("This is no name of it"),
    "link_dropped": _("Taken away; it will not be learned again."),
    "link_learned": _("Another name learned:"),
    "link_found": _("Found: {n}"),
    "link_mentions": _("Mentions: {n}"),
    "link_offline": _(
        "The server can't be reached. Here is what this page knows; a new entity can be made all the same."
    ),
    "linked_to": _("Linked to"),
    # The list beside the text
    "unlinked": _("Not linked"),
    "entities_order": _("Order of the list"),
    "entities_by_text": _("As in the text"),
    "entities_by_things": _("By entity"),
    # The same words in all open articles
    "everywhere_project": _("In all my open articles…"),
    "spread_title": _("The same label in all open articles"),
    "spread_looking": _("Looking…"),
    "spread_offline": _("The server can't be reached. Try again in a while."),
    "spread_none": _("These words stand in none of your other open articles."),
    "spread_articles": _("Articles: {n}"),
    "spread_contexts": _("Places"),
    "spread_more": _("More articles"),
    "spread_apply": _("Label them: {n}"),
    "spread_free": _("New: {n}"),
    "spread_linkable": _("Only to be linked: {n}"),
    "spread_otherwise": _("Labelled otherwise, left alone: {n}"),
    "spread_labelled": _("Labelled already: {n}"),
    "spread_running": _("Labelling in the other articles…"),
    "spread_waiting": _("The other articles are done as soon as the server can be reached."),
    "spread_done": _("Labelled in other articles: {n}"),
    "spread_undone": _("Taken back in other articles: {n}"),
    "spread_refused": _("Not labelled in other articles."),
    "spread_kept": _("Left as they are: {n}"),
    "spread_kept_changed": _("Changed since: {n}"),
    "spread_kept_closed": _("Handed in since: {n}"),
}
