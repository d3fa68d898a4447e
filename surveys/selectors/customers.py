"""Finding customers, and telling what is known of one."""

from django.db.models import Q

from surveys.attribute_values import shown_value
from surveys.models import Customer, CustomerAlias, CustomerAttribute

from .satisfaction_classes import last_answered


def matching(customers, wanted, *, in_contacts=True):
    """The customers whose number, name or e-mail address holds this text, in order of number."""
    customers = customers.select_related("unit", "segment", "stage").order_by("external_id")
    if not wanted or "\x00" in wanted:
        return customers
    found = Q(external_id__icontains=wanted) | Q(name__icontains=wanted)
    if in_contacts:
        found |= Q(email__icontains=wanted) | Q(phone__icontains=wanted)
    renamed = CustomerAlias.objects.filter(external_id__iexact=wanted).values("customer")
    return customers.filter(found | Q(pk__in=renamed))


def narrowed(customers, wanted, responses):
    """The customers of a unit and those below it, of a segment, stage or type.

    Their last answer is looked for among the `responses` that the reader may see.
    """
    if wanted.get("unit"):
        customers = customers.filter(unit__path__startswith=wanted["unit"].path)
    for name, column in (("segment", "segment"), ("stage", "stage"), ("type", "respondent_type")):
        if wanted.get(name):
            customers = customers.filter(**{column: wanted[name]})
    if wanted.get("asking"):
        customers = customers.filter(opted_out_at__isnull=wanted["asking"] == "yes")
    if wanted.get("satisfaction"):
        customers = last_answered(customers, responses, wanted["satisfaction"])
    return customers


def customer_by_number(number, customers=None) -> Customer | None:
    """The customer (of these) who has this number, or had it before two were merged."""
    customers = Customer.objects.all() if customers is None else customers
    found = customers.filter(external_id=number).first()
    return found or customers.filter(aliases__external_id=number).first()


def numbers_merged_into(numbers):
    """The number that counts now, by each of these that was given up in a merge."""
    aliases = CustomerAlias.objects.filter(external_id__in=numbers)
    return dict(aliases.values_list("external_id", "customer__external_id"))


def attributes_of(customer):
    """Attribute and value in words, for each that staff defined and the customer has."""
    known = CustomerAttribute.objects.filter(code__in=customer.attributes)
    for attribute in known.prefetch_related("choices"):
        yield attribute, shown_value(attribute, customer.attributes[attribute.code])


def stages_of(customer):
    """The stages a customer came into, the newest first."""
    return customer.stage_changes.select_related("stage").order_by("-changed_on", "-pk")
