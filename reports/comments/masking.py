"""Taking names, telephone numbers and mail addresses out of what customers wrote.

Rather too much than too little: an order number of nine digits goes as well.
Names are found only where the words around them say that they are names.
"""

import re

from django.utils.translation import gettext as _

AT = r"(?:@|＠|\s?[\[(（](?:at|AT|艾特)[\])）]\s?)"
DOT = r"(?:[.．。]|\s?[\[(（](?:dot|DOT|点|點)[\])）]\s?)"
MAIL = re.compile(rf"[A-Za-z0-9_%+.\-À-ÿ]+{AT}[A-Za-z0-9À-ÿ\-]+(?:{DOT}[A-Za-z0-9\-]+)+")
BETWEEN = r"[ \t.\-–—－/()（）·\u00a0]{0,3}"
PHONE = re.compile(
    rf"(?<!\d)(?<!\d[.,])[+＋(（]{{0,2}}\d(?:{BETWEEN}\d){{6,16}}(?![\d%])", re.ASCII
)
DATE = re.compile(
    r"(?:(?:19|20)\d\d[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d)"
    r"(?: \d{1,2})?"
)
ACCOUNT = re.compile(
    r"((?:微信|wechat|weixin|whatsapp|line|qq)\s*(?:号|號|id|帳號|账号)?\s*[:：是为為]?\s*)"
    r"([A-Za-z0-9][\w.\-]{4,})",
    re.IGNORECASE | re.ASCII,
)
SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾"
    "肖蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金贾賈夏付方邹鄒熊白孟秦"
)
CHINESE_TITLE = r"先生|女士|小姐|太太|经理|經理|主任|老师|老師|师傅|師傅|医生|醫生|店长|店長"
CHINESE_NAME = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?={CHINESE_TITLE})"
    rf"|(?<=我叫)[\u4e00-\u9fff]{{2,3}}|(?<=我是)[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[，,。.！!\s]|$)"
    rf"|(?<=姓名[:：])\s*[\u4e00-\u9fff]{{2,4}}"
)
WORD = r"[A-ZÀ-Þ][\w'’\-]+"
LATIN_NAME = re.compile(
    r"\b((?i:my name is|my name[’']s|i am called|yours sincerely,?|kind regards,?|regards,?)\s+"
    rf"|(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)({WORD}(?:\s+{WORD}){{0,2}})"
)


def masked(text):
    """The text with a word in brackets for each name, number and address."""
    text = MAIL.sub(_("[mail address]"), text)
    text = ACCOUNT.sub(lambda found: found[1] + _("[account]"), text)
    text = _phones_masked(text)
    text = LATIN_NAME.sub(lambda found: found[1] + _("[name]"), text)
    return CHINESE_NAME.sub(_("[name]"), text)


def _phones_masked(text):
    """Full-width digits are found as their plain ones; what is a date stays."""
    plain = text.translate(NARROW)
    parts, end = [], 0
    for found in PHONE.finditer(plain):
        if DATE.fullmatch(found[0].strip()):
            continue
        parts += [text[end : found.start()], _("[phone number]")]
        end = found.end()
    return "".join([*parts, text[end:]])


NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
