"""A ready set of dimensions: the four groups of influences on satisfaction, in three languages."""

from .ready_choices import in_languages

READY_SET = (
    ("products_service", ("Products and service", "产品与服务", "產品與服務")),
    ("company_staff", ("Company and staff", "企业与员工", "企業與員工")),
    ("market_competition", ("Market and competition", "市场与竞争", "市場與競爭")),
    ("expectations_perception", ("Expectations and perception", "期望与感知", "期望與感知")),
)


def ready_dimensions(languages):
    """The set as dimensions of a document; English stands for languages that it lacks."""
    for key, words in READY_SET:
        texts = in_languages(words)
        yield {"key": key, "name": {code: texts.get(code, texts["en"]) for code in languages}}
