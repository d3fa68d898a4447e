"""What is copied of a customer onto an answer, so that later changes leave it as it was."""


def traits_of(customer, *, wave=None, event=None):
    """Stage, respondent type and panel by key, role and attributes by code; None when bare.

    The handler is who of the staff the event names.
    """
    known = {
        "stage": customer.stage_id,
        "type": customer.respondent_type_id,
        "role": customer.account_role,
        "panel": wave.panel_id if wave else None,
        "handler": event.staff if event else "",
    } | {f"attribute.{code}": value for code, value in customer.attributes.items()}
    return {key: value for key, value in known.items() if value not in (None, "")} or None
