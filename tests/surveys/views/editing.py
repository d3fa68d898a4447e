"""Forms of the draft editor, as a browser would send them."""

from django.urls import reverse


def address(draft, name, *arguments):
    return reverse(f"surveys:{name}", args=[draft.survey.slug, *arguments])


def text_of(response):
    return response.content.decode()


def filled(client, page):
    """What a browser would send if nothing on the page were changed."""
    response = client.get(page)
    form, choices = response.context["form"], response.context.get("choices")
    data = {"revision": response.context["draft"].revision}
    fields = [*form, *(choices.management_form if choices else [])]
    fields += [field for row in choices or [] for field in row]
    for field in fields:
        value = field.value()
        if value is not None and value is not False:
            data[field.html_name] = value
    return data
