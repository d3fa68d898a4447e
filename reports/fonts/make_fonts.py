"""Makes the fonts of the bulletin again: `python make_fonts.py NotoSansCJK-Regular.ttc OUT.otf`.

Keeps Latin, the signs of reports, GB2312 and Big5, and by the feature "locl" the forms of both
Chinese scripts. The second argument is the file to write.
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection

FAMILY = "Noto Sans CJK SC"
RANGES = ((0x20, 0x17F), (0x370, 0x3FF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x22FF))
CHINESE = ("gb2312", "big5")


def characters():
    """Every code point that the bulletin's fonts hold."""
    wanted = {point for first, last in RANGES for point in range(first, last + 1)}
    for encoding in CHINESE:
        for high in range(0xA1, 0xFF):
            for low in range(0x40, 0xFF):
                wanted.update(map(ord, bytes((high, low)).decode(encoding, "ignore")))
    return wanted


def main(source, target):
    """Subset the simplified Chinese face of a collection."""
    fonts = TTCollection(source).fonts
    font = next(one for one in fonts if one["name"].getDebugName(1).startswith(FAMILY))
    options = Options()
    options.layout_features = ["kern", "locl", "tnum", "palt", "ccmp", "mark"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.layout_scripts = ["DFLT.dflt", "latn.dflt", "hani.dflt", "hani.ZHT "]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
