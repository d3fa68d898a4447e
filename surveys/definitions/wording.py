"""Remarks on the wording of a question: two things in one, an answer suggested, agreement.

The rules look at words only, in English and Chinese, and are meant to be
right when they speak: a question that joins or colours without one of these
words goes unnoticed. After Dillman, Smyth and Christian (2014), Internet,
Phone, Mail, and Mixed-Mode Surveys, chapter 4, and Krosnick and Presser
(2010), Question and Questionnaire Design.
"""

import re

ASIDE = re.compile(r"\([^)]*\)|（[^）]*）")
OPENING_CLAUSE = re.compile(
    r"^\s*(?:if|when|while|after|before|since|because|thinking|considering|compared|during)\b"
    r"[^,?]*,",
    re.IGNORECASE,
)
SET_PHRASES = re.compile(
    r"\b(?:friends?|famil(?:y|ies)|relatives?|colleagues?) (?:and|&) "
    r"(?:your |their )?(?:friends?|famil(?:y|ies)|relatives?|colleagues?)\b"
    r"|\byou and (?:your|other) \w+"
    r"|\bterms (?:and|&) conditions\b|\bquestions (?:and|&) answers\b|\bpros and cons\b"
    r"|\b(?:dates?|days?) and times?\b|\bnames? and address(?:es)?\b|\bbed and breakfast\b"
    r"|\blost and found\b|\bhealth and safety\b|\bresearch and development\b|\bwear and tear\b"
    r"|\bagain and again\b|\bmore and more\b|\bpeace and quiet\b|\bup and running\b"
    r"|\bbetween \S+ and \S+|\bfrom \S+ and \S+|\b24/7\b|\bn/a\b|\bw/o\b",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"\band/or\b|\band\b|\bas well as\b|&|(?<=[a-z])\s?/\s?(?=[a-z])", re.IGNORECASE
)

WORDS_WITH_JOINERS = re.compile(
    "参与|參與|与其|與其|及时|及時|及格|涉及|普及|提及|顾及|顧及|来得及|來得及|以及时"
    "|合并|合併|并非|並非|并不|並不|并没|並沒|并未|並未"
    "|温和|溫和|和气|和氣|和谐|和諧|平和|随和|隨和|柔和|暖和|缓和|緩和|总和|總和|和解|和善|和蔼|和藹"
    "|(?:朋友|家人|亲友|親友|亲人|親人|同事)[和与與及、](?:朋友|家人|亲友|親友|亲人|親人|同事)"
)
COMPANY = re.compile(
    "[和与與跟][^，。？；、,?]{0,12}?(?:相比|相较|相較|比较|比較|联系|聯繫|联络|聯絡|沟通|溝通|合作"
    "|接近|差距|不同|打交道|接触|接觸|交谈|交談|见面|見面|一样|一樣|相同|一致|有关|有關|相关|相關|往来|往來)"
)
JOINED_IN_CHINESE = re.compile("和|与|與|以及|及|并且|並且|并|並|而且|且|、|又|同时|同時")

LEADING = re.compile(
    r"\b(?:do|does|did|would|should|could|is|are|was|were|have|has)n['’]t (?:you|we|it|they|our)\b"
    r"|\b(?:surely|obviously|clearly,|undoubtedly|of course|as you know|naturally,)"
    r"|\b(?:most|many|all) (?:people|customers|of our customers|clients|experts|users|guests)\b"
    r"|\b(?:everyone|everybody|nobody|experts?) (?:\w+ )?(?:know|knows|love|loves|like|likes|agree"
    r"|agrees|say|says|think|thinks|recommend|recommends|prefer|prefers|wants?)\b"
    r"|\b(?:excellent|amazing|awesome|wonderful|fantastic|outstanding|superb|brilliant|exceptional"
    r"|world-class|first-class|award-winning|state-of-the-art|unbeatable|incredible|delightful"
    r"|terrible|awful|horrible|dreadful|disgusting|outrageous|appalling)\b"
    r"|\b(?:our|the) best\b(?! way| time| describes)"
    r"|\bour (?:\w+ )?(?:friendly|helpful|great|popular|innovative|improved|generous|caring"
    r"|dedicated|expert|superior|top|beloved|famous)\b"
    r"|\bhow much (?:do|did) you (?:enjoy|love|like|hate|dislike)\b"
    r"|\bhow (?:annoying|frustrating|disappointing|disappointed|annoyed|frustrated|delighted"
    r"|thrilled|pleased)\b",
    re.IGNORECASE,
)
LEADING_IN_CHINESE = re.compile(
    "难道|難道|[您你]不(?:觉得|覺得|认为|認為)|是否也|是不是也"
    "|(?:是不是|是否)(?:很|非常|十分|特别|特別|格外)"
    "|优质的|優質的|卓越的?|一流的?|优秀的|優秀的|出色的|完美的|贴心的|貼心的|精心|热情周到的"
    "|熱情周到的|深受|广受|廣受|屡获|屢獲|获奖|獲獎"
    "|大家都|人人都|众所周知|眾所周知|(?:大?多数|大?多數)(?:人|客户|客戶|顾客|顧客)|专家|專家"
    "|显然|顯然|毫无疑问|毫無疑問|想必|理所当然|理所當然|当然|當然"
    "|多么|多麼|糟糕|恶劣|惡劣"
)

AGREEMENT = re.compile(r"\b(?:dis)?agree(?:ment)?\b(?! to\b| on\b)", re.IGNORECASE)
AGREEMENT_IN_CHINESE = re.compile(
    "程度上?(?:是否)?(?:同意|赞同|贊同|认同|認同)|(?:同意|赞同|贊同|认同|認同)(?:的)?程度"
    "|是否(?:同意|赞同|贊同|认同|認同)(?!接收|收集|使用|处理|處理)"
)
AGREEING_LABEL = re.compile(r"\b(?:dis)?agree\b|同意|赞同|贊同|认同|認同", re.IGNORECASE)


NAMING = re.compile(
    r"\byour (?:full |first |last |family |given |own )?names?\b|\b(?:full|last|family) name\b"
    r"|\be-?mail\b|\b(?:tele)?phone number\b|\bmobile number\b|\byour (?:home |postal )?address\b"
    r"|\b(?:customer|account|order|booking|member(?:ship)?) number\b|\bcontact (?:details|you)\b"
    r"|\b(?:call|write to|reach) you\b|\bdate of birth\b",
    re.IGNORECASE,
)
NAMING_IN_CHINESE = re.compile(
    "姓名|[您你]的名字|称呼您|稱呼您|电话|電話|手机号|手機號|邮箱|電子郵件|电子邮件|[您你]的地址|住址"
    "|联系您|聯絡您|联系方式|聯絡方式|身份证|身分證|客户号|客戶編號|会员号|會員編號|订单号|訂單編號|出生日期"
)


def names_somebody(text, language):
    """The words that ask who somebody is or how to reach them, or ""."""
    return _first(NAMING_IN_CHINESE if language.startswith("zh") else NAMING, text)


def joined_by(text, language):
    """The word that joins two things in one question, or ""."""
    text = ASIDE.sub("", text)
    if language.startswith("zh"):
        text = COMPANY.sub("", WORDS_WITH_JOINERS.sub("", text))
        return _first(JOINED_IN_CHINESE, text)
    return _first(JOINED, SET_PHRASES.sub("", OPENING_CLAUSE.sub("", text)))


def suggested_by(text, language):
    """The words that suggest an answer, or ""."""
    return _first(LEADING_IN_CHINESE if language.startswith("zh") else LEADING, text)


def asks_for_agreement(text, language):
    """Whether a question asks how far somebody agrees."""
    pattern = AGREEMENT_IN_CHINESE if language.startswith("zh") else AGREEMENT
    return bool(pattern.search(text))


def is_agreement(label):
    """Whether a point of a scale is called agreement."""
    return bool(AGREEING_LABEL.search(label))


def _first(pattern, text):
    found = pattern.search(text)
    return found[0].strip() if found else ""
