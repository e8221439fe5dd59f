"""Which kind of field is this one of a form, whose choices come with the request?"""

from django import forms


def field_of[F: forms.Field](form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """Returns a field of a form, which is of this kind. Raises TypeError where it is not."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}")
    return field
