"""Puts in the ready lists: kinds of events and segments of customers, all editable later."""

from django.db import migrations

EVENT_KINDS = [
    ("purchase", True, "Purchase", "购买", "購買"),
    ("renewal", True, "Renewal", "续约", "續約"),
    ("repair_done", False, "Repair done", "维修完成", "維修完成"),
    ("ticket_closed", False, "Ticket closed", "工单关闭", "工單結案"),
    ("complaint", False, "Complaint", "投诉", "客訴"),
]
SEGMENTS = [
    ("prime", "Prime customers", "优质客户", "優質客戶"),
    ("main", "Main customers", "主要客户", "主要客戶"),
    ("ordinary", "Ordinary customers", "普通客户", "普通客戶"),
    ("restricted", "Restricted customers", "限制客户", "限制客戶"),
    ("prospective", "Prospective customers", "潜在客户", "潛在客戶"),
]


def add_lists(apps, schema_editor):
    """Add each entry that is not there yet."""
    event_kind, segment = apps.get_model("surveys", "EventKind"), apps.get_model("surveys", "Segment")
    for code, shows_loyalty, *names in EVENT_KINDS:
        event_kind.objects.get_or_create(
            code=code, defaults={"name": in_three(names), "shows_loyalty": shows_loyalty}
        )
    for position, (code, *names) in enumerate(SEGMENTS):
        segment.objects.get_or_create(
            code=code, defaults={"name": in_three(names), "position": position}
        )


def in_three(names):
    """The names by language."""
    return dict(zip(("en", "zh-hans", "zh-hant"), names, strict=True))


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [migrations.RunPython(add_lists, migrations.RunPython.noop)]
