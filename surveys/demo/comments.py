"""Comments put together from invented parts of sentences, in the tone of the score."""

PARTS = {
    "en": {
        "good": (
            [
                "Very happy.",
                "All as it should be.",
                "A pleasure.",
                "Once more, excellent.",
                "Great.",
            ],
            [
                "The washing machine runs quietly",
                "The technician came when he said he would",
                "The advice in the shop was honest",
                "Delivery and set-up took half an hour",
                "The cooker does all we hoped for",
            ],
            [
                "and I would buy here again.",
                "and nobody tried to sell me more.",
                "– thank you!",
                ".",
            ],
        ),
        "mixed": (
            ["Mostly fine.", "All right.", "Good, but not more.", "No complaint as such."],
            [
                "The fridge is good",
                "The staff were friendly",
                "The price was fair",
                "The repair held",
            ],
            [
                "but I waited too long at the counter.",
                "but the manual is hard to understand.",
                "but nobody called back as promised.",
                "although I expected a little more for the money.",
            ],
        ),
        "bad": (
            ["Disappointing.", "Not again.", "I am annoyed.", "This was a waste of time."],
            [
                "The dryer broke down twice",
                "Two appointments were missed",
                "The fault came back after the repair",
                "I was sent from one desk to the next",
            ],
            [
                "and nobody said sorry.",
                "and I still wait for an answer.",
                "and the bill was higher than the offer.",
                "so next time I shall look elsewhere.",
            ],
        ),
    },
    "zh-hans": {
        "good": (
            ["很满意。", "一切顺利。", "服务很好。", "非常好！"],
            ["洗衣机很安静", "师傅准时上门", "店员介绍得很实在", "送货安装只用了半小时"],
            ["，下次还会来。", "，没有强行推销。", "，谢谢！", "。"],
        ),
        "mixed": (
            ["还可以。", "总体不错。", "一般。"],
            ["冰箱质量不错", "店员态度友好", "价格合理", "修好以后没再坏"],
            ["，但是等的时间太长。", "，不过说明书看不懂。", "，可是答应回电却没有回。"],
        ),
        "bad": (
            ["很失望。", "不会再来了。", "体验很差。"],
            ["烘干机坏了两次", "约好的时间两次没来人", "修完没几天又坏了", "被各个柜台推来推去"],
            ["，也没有人道歉。", "，到现在没有答复。", "，账单还比报价高。"],
        ),
    },
    "zh-hant": {
        "good": (
            ["很滿意。", "一切順利。", "服務很好。"],
            ["洗衣機很安靜", "師傅準時到府", "店員介紹得很實在", "送貨安裝只花了半小時"],
            ["，下次還會來。", "，沒有強迫推銷。", "，謝謝！"],
        ),
        "mixed": (
            ["還可以。", "整體不錯。", "普通。"],
            ["冰箱品質不錯", "店員態度友善", "價格合理"],
            ["，但是等太久了。", "，不過說明書看不懂。", "，可是說好回電卻沒有回。"],
        ),
        "bad": (
            ["很失望。", "不會再來了。"],
            ["烘衣機壞了兩次", "約好的時間兩次沒人來", "修完沒幾天又壞了"],
            ["，也沒有人道歉。", "，到現在沒有答覆。", "，帳單還比報價高。"],
        ),
    },
}


def comment_for(rng, language, score):
    """A sentence or two that fits the score."""
    tone = "good" if score == 5 else "mixed" if score >= 3 else "bad"
    opening, middle, end = (
        parts[int(rng.random() * len(parts))] for parts in PARTS[language][tone]
    )
    gap = " " if language == "en" else ""
    joint = "" if end in (".", "。") or not gap else gap
    return f"{opening}{gap}{middle}{joint}{end}"
