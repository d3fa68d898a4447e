"""What nobody means well: values that have broken programs, a fixed list and seeded ones."""

import random
import string

CONTROLS = ["\x00", "a\x00b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe"]
BIDI = ["\u202eabc", "\u2066\u2067\u2068", "\u200b\u200c\u200d", "مرحبا 好 👍🏽", "Z̷̛͍̈́a̶l̸g̵o̶" * 20]
SURROGATES = ["\\ud800", "%ed%a0%80", "%ff%fe", "%c0%af", "%00"]
NUMBERS = ["-1", "0", "-0", "1e309", "NaN", "Infinity", "-inf", "9" * 4400, "0x10", "1_000", "١٢٣"]
NUMBERS += ["99999999999999999999", "2147483648", "9223372036854775808", "1.5", "1,5", "+1", "½"]
DATES = ["0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "-1-01-01", "2026-13-01T25:61"]
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "%0a=1"]
MARKUP = [
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "</textarea><svg/onload=1>",
]
MARKUP += ["{{ 7*7 }}", "{% include 'x' %}", "{{answer.x|y}}", "${7*7}", "<!--", "]]>", "&#0;"]
DATABASE = ["' OR 1=1 --", "1; DROP TABLE surveys_survey", "%' ESCAPE '", "\\", "_%", "a" * 300]
PATHS = [
    "../../etc/passwd",
    "..%2f..%2f",
    "/etc/passwd",
    "file:///etc/passwd",
    "C:\\boot.ini",
    "con",
]
HEADERS = ["x\r\nSet-Cookie: a=b", "x%0d%0aLocation: //evil.example", "//evil.example", "http:x"]
ADDRESSES = ["javascript:alert(1)", "https:\\\\evil.example", "data:text/html,x", "\thttp://evil"]
STRUCTURES = [
    "[" * 5000,
    '{"a":' * 2000,
    "[]",
    "{}",
    "null",
    "true",
    '""',
    "[1,[2,[3]]]",
    "," * 3000,
]
UUIDS = ["00000000-0000-0000-0000-000000000000", "{0}", "urn:uuid:x", "g" * 36, "-" * 36]
LANGUAGES = ["zh-hant", "xx", "en-US-x-private", "../en", "EN", "zh_Hans", "a" * 200]
LONG = ["x" * 100_000, "好" * 40_000, "\n" * 5000, " " * 5000, "a " * 20_000]
KNOWN = [
    *CONTROLS, *BIDI, *SURROGATES, *NUMBERS, *DATES, *FORMULAS, *MARKUP, *DATABASE, *PATHS,
    *HEADERS, *ADDRESSES, *STRUCTURES, *UUIDS, *LANGUAGES, *LONG, "",
]  # fmt: skip
PART = b"--x\r\nContent-Disposition: form-data; name=a\r\n"
SIGNS = string.printable + "\x00\x01\u0130ıßǆﬀ\u0301\u202e\uffff𝟙億"


def payloads(count, *, seed=19):
    """So many hostile texts, the known ones first."""
    dice = random.Random(seed)
    made = list(KNOWN[:count])
    while len(made) < count:
        first, second = dice.choice(KNOWN), dice.choice(KNOWN)
        noise = "".join(dice.choices(SIGNS, k=dice.randint(1, 40)))
        made.append(dice.choice([noise, (first + noise)[:2000], (noise + second)[:2000]]))
    return made


def bodies():
    """Whole requests that are no form: pairs of a content type and the bytes under it."""
    form, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    return [
        (form, b"\xff\xfe=\xff"),
        (form, b"a=%zz&" * 2000),
        (form, b"&" * 20_000),
        (form, b"a=" + b"b" * 11_000_000),
        (form + "; charset=utf-7", b"+ADw-script"),
        (form + "; charset=nonsense", b"a=b"),
        (parts, b"--x\r\nContent-Disposition: form-data; name=\"a"),
        (parts, b"--x\r\n\r\n\r\n--x--"),
        (parts, PART + b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=" + "y" * 300, b"--"),
        ("application/json", b"[" * 100_000),
        ("application/json", b"\xff"),
        ("text/plain", b"\x00" * 1000),
        ("", b"nothing said"),
    ]  # fmt: skip
