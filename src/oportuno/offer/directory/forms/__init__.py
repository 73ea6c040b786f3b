"""What people type into the directory's pages. What it means, and whether it will do, the actions say."""

from __future__ import annotations

from django import forms

from oportuno.kernel.errors import Refusal


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put each sentence of a refusal beside its field; those of no field of this form on top."""
    errors = refusal.data.get("errors") or {refusal.field: str(refusal)}
    assert isinstance(errors, dict)
    for field, sentence in errors.items():
        form.add_error(field if field in form.fields else None, sentence)
