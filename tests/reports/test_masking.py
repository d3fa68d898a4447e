"""P5: what names somebody is found in 200 seeded texts, and ordinary texts stay as they are."""

import random
import re

import pytest

from reports.comments.masking import masked

START = [
    "Please call",
    "You reach me at",
    "请打",
    "我的電話是",
    "Number:",
    "电话：",
    "(mobile)",
    "Tel.",
]
END = [", thanks.", "，谢谢。", " tomorrow", "!", "", " 联系我"]
NAMES = ["anna", "li.wei", "j_doe99", "x-y", "maría", "info+shop", "WANG"]
HOSTS = ["example.org", "post.example.com.cn", "b-c.example", "qq.com"]


def digits(generator, number):
    return "".join(generator.choice("0123456789") for _ in range(number))


def phone(generator):
    """A telephone number as people write one."""
    mobile = "1" + generator.choice("3456789") + digits(generator, 9)
    parts = mobile[:3], mobile[3:7], mobile[7:]
    wide = mobile.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    area, line = digits(generator, 3), digits(generator, 4)
    return generator.choice(
        [
            mobile,
            wide,
            " ".join(parts),
            "-".join(parts),
            f"+86 {mobile}",
            f"+86{mobile}",
            f"＋86-{mobile}",
            f"0086 {mobile}",
            f"(+86) {' '.join(parts)}",
            f"+1 ({area}) {area}-{line}",
            f"({area}) {area}-{line}",
            f"+44 20 {digits(generator, 4)} {line}",
            f"+49 (0)30 {digits(generator, 6)}",
            f"+33 1 {' '.join(digits(generator, 2) for _ in range(4))}",
            f"+852 {digits(generator, 4)} {line}",
            f"+886 9{digits(generator, 2)} {area} {area}",
            f"010-{digits(generator, 8)}",
            f"（021）{digits(generator, 8)}",
            f"0{digits(generator, 2)}/{digits(generator, 7)}",
            f"{area}.{area}.{line}",
        ]
    )


def mail(generator):
    """A mail address as people write one."""
    at = generator.choice(["@", "@", "@", "＠", "[at]", " (at) "])
    return generator.choice(NAMES) + at + generator.choice(HOSTS)


def recall(mask):
    """The share of 200 texts of which nothing stays that was to be hidden."""
    generator = random.Random(20)
    hits = 0
    for number in range(200):
        secret = mail(generator) if number % 2 else phone(generator)
        between = " " if number % 3 else ""
        text = mask(generator.choice(START) + between + secret + generator.choice(END))
        left = [piece for piece in re.findall(r"[A-Za-z0-9０-９]{3,}", secret) if piece in text]
        hits += not left
    return hits / 200


def test_mails_and_numbers_are_found():
    assert recall(masked) >= 0.95


def test_control_without_masking_they_stay():
    assert recall(str) <= 0.05


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Mr. Brown was kind", "Brown"),
        ("Dr Anne-Marie O'Neill helped", "O'Neill"),
        ("My name is Ada Lovelace.", "Lovelace"),
        ("李经理态度很好", "李"),
        ("找王小明先生", "王小明"),
        ("我叫陈建国，住在附近", "陈建国"),
        ("姓名：欧阳娜娜", "欧阳娜娜"),
        ("微信号：lucky_1988", "lucky_1988"),
        ("WeChat id zhang2020", "zhang2020"),
    ],
)
def test_names_and_accounts_are_hidden(text, hidden):
    assert hidden not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "I came on 2026-03-04 and again on 05.04.2026.",
        "We waited 45 minutes and paid 1,250.50.",
        "Room 1204, 3 nights, 100%.",
        "等了30分钟，花了1288元。",
        "服务很好，我是老顾客。",
        "The model X200 @ home is great",
        "Best regards to the team",
        "5/5, 10 of 10",
    ],
)
def test_ordinary_texts_stay(text):
    assert masked(text) == text
