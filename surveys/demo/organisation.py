"""The invented company's units, and invented names for its customers."""

COMPANY_CODE = "northlight"

# Region: its name and its shops, biggest first.
REGIONS = {
    "north": (
        "North",
        [
            "Harbour Street",
            "Mill Lane",
            "Lighthouse Park",
            "Old Customs House",
            "Pine Court",
            "Ferry",
        ],
    ),
    "east": (
        "East",
        ["Silk Market", "Dawn Plaza", "Canal Bridge", "Tea Garden", "Eastgate", "Lotus Road"],
    ),
    "south": (
        "South",
        ["Palm Avenue", "Bay Centre", "Orchard", "Southbank", "Mango Square", "Coral Way"],
    ),
    "west": (
        "West",
        ["Station Hall", "Copper Hill", "Vineyard", "Granary", "Westfield Row", "Stone Bridge"],
    ),
}

POSTERS = {
    "poster-harbour-street": "north-1",
    "poster-silk-market": "east-1",
    "poster-bay-centre": "south-2",
}

GIVEN = [
    "Ada", "Ben", "Clara", "David", "Elena", "Farid", "Grace", "Hugo", "Iris", "Jonas",
    "Kira", "Leo", "Mina", "Noah", "Olga", "Paul", "Quinn", "Rosa", "Sam", "Tara",
]  # fmt: skip
FAMILY = [
    "Abbot", "Baker", "Carver", "Dyer", "Elder", "Fisher", "Gardner", "Hale", "Ives", "Joyner",
    "Keller", "Lang", "Mason", "North", "Oakes", "Piper", "Reeve", "Sutton", "Thorne", "Weaver",
]  # fmt: skip
GIVEN_ZH = {
    "zh-hans": [
        "明",
        "芳",
        "伟",
        "静",
        "建国",
        "丽华",
        "晓东",
        "雨桐",
        "文博",
        "思远",
        "海燕",
        "子涵",
    ],
    "zh-hant": [
        "明",
        "芳",
        "偉",
        "靜",
        "建國",
        "麗華",
        "曉東",
        "雨桐",
        "文博",
        "思遠",
        "海燕",
        "子涵",
    ],
}
FAMILY_ZH = {
    "zh-hans": ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"],
    "zh-hant": ["王", "李", "張", "劉", "陳", "楊", "趙", "黃", "周", "吳"],
}


def shop_codes():
    """Codes of all shops, region by region, biggest first."""
    return [
        f"{region}-{number}"
        for region, (_name, shops) in REGIONS.items()
        for number in range(1, len(shops) + 1)
    ]


def invented_name(rng, language):
    """A customer's name in the customary order of the language."""
    if language in FAMILY_ZH:
        return _pick(rng, FAMILY_ZH[language]) + _pick(rng, GIVEN_ZH[language])
    return f"{_pick(rng, GIVEN)} {_pick(rng, FAMILY)}"


def _pick(rng, names):
    return names[int(rng.random() * len(names))]
