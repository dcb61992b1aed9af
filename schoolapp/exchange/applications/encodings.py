"""Which encoding a text is written in: the one in which its words look like those of a language.

Bytes above 127 mean something in almost every encoding. Each is tried, and the words with such
bytes are compared with what CLDR calls countries, languages and months in the languages that are
written with it.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "fr", "es", "de", "nl", "pt", "it", "sv", "da", "nb", "fi", "is", "ca", "eu", "fil",
    ),
    "cp1250": ("pl", "cs", "sk", "hu", "hr", "sl", "ro", "de"),
    "cp1251": ("ru", "uk", "bg", "sr", "be", "mk"),
    "cp1253": ("el",),
    "cp1254": ("tr", "az", "de", "fr"),
    "cp1255": ("he",),
    "cp1256": ("ar", "fa", "ur"),
    "cp1257": ("lt", "lv", "et"),
    "cp1258": ("vi",),
    "mac_roman": ("fr", "es", "de", "nl", "pt", "it", "sv", "da", "nb", "fi", "ca", "fil"),
    "koi8_r": ("ru", "bg"),
    "koi8_u": ("uk",),
}  # fmt: skip
# Lead bytes of the signs that are in daily use, by the standard behind each encoding.
DAILY: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {
    "gb18030": ("zh", ((0xB0, 0xD7),)),
    "shift_jis": ("ja", ((0x82, 0x83), (0x88, 0x97))),
    "big5": ("zh_Hant", ((0xA4, 0xC6),)),
    "euc_kr": ("ko", ((0xB0, 0xC8),)),
}
# What codecs read these encodings as they are written today.
CODECS = {"shift_jis": "cp932", "big5": "cp950", "euc_kr": "cp949"}
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", *ALPHABETS, *DAILY)
"""The encodings that may be chosen."""

# Signs of names in East Asia that are not in the names of countries.
_NAMES = {
    "zh": (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁"
        "潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
        "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤伟芳娜敏静丽强磊"
        "军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志小晓宇浩然梓涵子轩欣怡雨佳"
        "俊姓名邮箱生日电话性别女男"
    ),
    "zh_Hant": (
        "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游"
        "詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董唐溫藍石蔣田康鄒"
        "白涂尤巫韓龔嚴袁鐘黎金志明美玲淑芬惠雅婷怡君家豪俊傑宗翰姓名電郵生日電話"
        "性別女男"
    ),
    "ja": (
        "山田中村井上佐藤鈴木高橋伊渡辺林小加吉松本清水阿部森池橋石川前藤岡後長谷"
        "近坂遠青西福太三岩原斎野竹内金子和中島柴宮崎酒工横大今武上杉千葉久保増丸"
        "菊新桜太郎花子一二美恵由紀真健翔陽菜氏名年月日電話国性別女男"
    ),
    "ko": (
        "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차"
        "주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육"
        "인맹제모탁국영수은경미혜준호철훈희숙재동상병태광승연아름이메일생년월일전"
        "화성별여자남"
    ),
}  # fmt: skip
# Names with letters that are rare in the names of countries.
_ALSO = {
    "hr": "petrović kovačević marić perić šimić đorđević anđela đuro živković čović",
    "hu": "győri szűcs kőszegi erdős fűzfa szőke győző erzsébet",
    "pl": "łukasz małgorzata święcicki dąbrowska wójcik żaneta paweł michał zając",
    "cs": "jiří dvořák šárka nováková růžička tomáš kateřina ondřej novák štěpán",
    "sk": "ľubomír šťastný košičan ďurica",
    "ro": "ştefan ţuţea mureşan ionuţ bălan ană ştefănescu",
    "sl": "žiga škof čeh urška",
    "tr": "ayşe yılmaz gülşen çağlar öztürk ibrahim şahin doğan yıldız çelik işık uğur çiğdem oğuz"
    " kılıç başak şükrü gökçe aydın ışıl şen değirmenci",
    "lt": "jūratė kazlauskienė žilvinas šimkus jonaitė kęstutis žukauskas rūta",
    "lv": "jānis bērziņš kārlis ozoliņš līga kalniņa ģirts ķezbers šķēle",
    "et": "tõnu õunapuu jüri ülle mägi põld kõrvits kõiv sõber tõnis",
    "he": "יוסף לוין מרים כהן דוד שרה משה רחל יעקב אברהם לוי כץ",
    "vi": "nguyễn phạm huỳnh đặng hùng hường lê trần võ",
    "de": "müller jürgen groß bärbel schäfer köhler weiß jörg böhm",
    "sv": "åsa sjöström björn göran lindström åkesson",
    "da": "søren jørgensen ågård møller rasmus",
    "es": "muñoz peña nuñez garcía lópez pérez josé maría",
    "fr": "françois lefèvre zoé noël hélène jérôme rené",
    "pt": "joão gonçalves magalhães conceição simões",
    "nl": "zoë daniël noël chloé",
}
_CALLED = {
    "utf8": "utf-8", "utf16": "utf-16", "utf-8-sig": "utf-8", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-1": "cp1252", "ansi": "cp1252", "macroman": "mac_roman",
    "mac": "mac_roman", "macintosh": "mac_roman", "koi8": "koi8_r", "gbk": "gb18030",
    "gb2312": "gb18030", "cp936": "gb18030", "sjis": "shift_jis", "cp932": "shift_jis",
    "shiftjis": "shift_jis", "cp950": "big5", "euckr": "euc_kr", "cp949": "euc_kr",
    "ks-c-5601": "euc_kr",
}  # fmt: skip
_ENOUGH = 400  # different words that are looked at
_SIGNS = frozenset("€£“”„‘’‚–—…«»‹›°ºª·•²³½¼¾©®™¿¡§×№、。「」（）：？！・")
_INSIDE = frozenset("’‘-")  # between the letters of a word
_BESIDE = _INSIDE | frozenset("“”„‚«»‹›¿¡")  # before or behind one
_ASCII = 0.3  # what a pair of letters of ASCII counts beside one with another letter
_WRONG, _SIGN, _STRANGE = -14.0, -4.0, -10.0
_COSTS = (-5.0, -9.0, -5.0)  # of a sign by the number of letters at its sides
_NONSENSE = -18.0  # no words at all
_MOSTLY, _NONSENSE_ALONE = 0.6, -8.0  # share of the bytes: where nothing else is there
_USUAL = {"cp1252": 0.6, "cp1250": 0.2, "koi8_u": -0.1, "cp1254": 0.05}  # among equals
_TOKEN = re.compile(r"[^\s,;|\t\"()/<>@:=]*[^\x00-\x7f][^\s,;|\t\"()/<>@:=]*")
_LETTER_AT_LETTER = re.compile(rb"[\x80-\xff][A-Za-z\x80-\xff]|[A-Za-z][\x80-\xff]")
_SEQUENCE = re.compile(  # of UTF-8
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def named(name: str) -> str | None:
    """The encoding of this name, as people write it; ``None`` if it is not one that is read."""
    plain = re.sub(r"^(?:windows|win|ms|cp)[-_ ]?(?=\d)", "cp", name.strip().lower())
    plain = _CALLED.get(plain.replace("_", "-"), plain)
    return next(
        (one for one in ENCODINGS if one.replace("_", "-") == plain.replace("_", "-")), None
    )


def title_of(encoding: str) -> str:
    """The encoding as people call it: ``Windows-1250``."""
    own = {"mac_roman": "MacRoman", "big5": "Big5", "shift_jis": "Shift-JIS"}
    windows = encoding.replace("cp", "Windows-")
    return own.get(encoding) or windows.replace("_", "-").replace("koi", "KOI").replace("-r", "-R")


def text_in(data: bytes, encoding: str) -> str:
    """The text; ``UnicodeDecodeError`` or ``LookupError`` if it is not in this encoding."""
    text = data.decode(CODECS.get(encoding, encoding)).removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def likely(data: bytes) -> list[str]:
    """The encodings of one or two bytes a character that fit, the likeliest first."""
    sample = _telling_lines(data)
    if _is_spoilt_utf8(data) or not _LETTER_AT_LETTER.search(sample):
        return ["cp1252", "mac_roman"]  # no word that could tell
    found = []
    for encoding in (*ALPHABETS, *DAILY):
        try:
            text = text_in(sample, encoding)
        except UnicodeDecodeError:
            continue
        found.append((_score(text, encoding), encoding))
    found.sort(key=lambda one: -one[0])
    high = sum(byte > 0x7F for byte in sample) / max(len(sample), 1)
    worst = _NONSENSE if high < _MOSTLY else _NONSENSE_ALONE
    return [encoding for score, encoding in found if score > worst]


def previews(data: bytes) -> dict[str, str]:
    """Some words with letters beyond ASCII as each encoding reads them; not where it cannot."""
    sample = _telling_lines(data, 20)
    if not sample:
        return {}
    found = {}
    for encoding in ENCODINGS:
        try:
            text = text_in(sample, encoding)
        except UnicodeDecodeError:
            continue
        words = dict.fromkeys(_TOKEN.findall(text))
        found[encoding] = " ".join(list(words)[:4])[:60]
    return found


def _is_spoilt_utf8(data: bytes) -> bool:
    """Whether nearly all bytes above 127 are UTF-8: some were spoilt on the way (E53)."""
    held = sum(len(one) for one in _SEQUENCE.findall(data))
    high = sum(count for byte, count in Counter(data).items() if byte > 0x7F)
    return held > 0.9 * high


def _telling_lines(data: bytes, most: int = 1000) -> bytes:
    """The lines with bytes above 127, at most so many."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    return b"\n".join(line[:2000] if len(line) > 4000 else line for line in lines[:most])


def _score(text: str, encoding: str) -> float:
    words = list(dict.fromkeys(_TOKEN.findall(text)))[:_ENOUGH]
    if not words:
        return 0.0
    judge = _daily_score if encoding in DAILY else _word_score
    return sum(judge(word, encoding) for word in words) / len(words) + _USUAL.get(encoding, 0.0)


def _word_score(word: str, encoding: str) -> float:
    """How much a word looks like one of the languages: the mean of its pairs of letters."""
    costs = _signs(word)
    pairs = _pairs(word)
    telling = sum(weight for _pair, weight in pairs) + 2 * len(costs)
    if not telling:
        return _WRONG
    best = max(
        sum(_model(tag).of(pair) * weight for pair, weight in pairs) for tag in ALPHABETS[encoding]
    )
    return (best + 2 * sum(costs)) / telling + _case(word)


def _pairs(word: str) -> list[tuple[str, float]]:
    """The pairs of neighbours with what they count; a space stands for the word's edges."""
    whole = f" {word.lower()} "
    return [
        (a + b, _ASCII if a.isascii() and b.isascii() else 1.0)
        for a, b in pairwise(whole)
        if (a == " " or _is_letter(a)) and (b == " " or _is_letter(b))
    ]


def _signs(word: str) -> list[float]:
    """What the signs of a word beyond ASCII cost that are no letters."""
    whole = f" {word} "
    found = []
    for before, sign, behind in zip(whole, whole[1:], whole[2:], strict=False):
        if sign.isascii() or _is_letter(sign):
            continue
        beside = before.isalpha() + behind.isalpha()
        allowed = (_SIGNS, _BESIDE, _INSIDE)[beside]
        found.append(_COSTS[beside] if sign in allowed else _WRONG * 2)
    return found


def _case(word: str) -> float:
    """The cost of a capital within a word of small letters, and of two scripts in a word."""
    mixed = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    mixed += word[:2].isupper() and not word[1:2].isascii() and word[2:3].islower()
    scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
    return _STRANGE / 2 * mixed + _STRANGE * (len(scripts) > 1)


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def _daily_score(word: str, encoding: str) -> float:
    """How usual the signs of a word of East Asia are."""
    tag, _leads = DAILY[encoding]
    known, costs = _signs_of(tag), []
    for sign in word:
        if sign.isascii():
            costs += [_WRONG * 2] if sign.isalpha() else []
        elif sign in known:
            costs.append(-4.0)
        elif not _is_letter(sign):
            costs.append(_SIGN if sign in _SIGNS else _WRONG)
        else:
            costs.append(-6.0 if _is_daily(sign, encoding) else _STRANGE)
    return sum(costs) / max(len(costs), 1)


def _is_daily(sign: str, encoding: str) -> bool:
    written = sign.encode(CODECS.get(encoding, encoding), "ignore")
    return len(written) == 2 and any(a <= written[0] <= b for a, b in DAILY[encoding][1])


@cache
def _signs_of(tag: str) -> frozenset[str]:
    return frozenset("".join(_words_of(tag))) | frozenset(_NAMES[tag])


@dataclass(frozen=True, slots=True)
class Model:
    """How often letters follow each other in a language: logarithms of shares."""

    pairs: dict[str, float]
    letters: dict[str, float]

    @classmethod
    def of_words(cls, words: Iterable[str]) -> "Model":
        """Count the pairs of a language's words."""
        pairs: Counter[str] = Counter()
        for word in words:
            whole = f" {word.lower()} "
            pairs.update(a + b for a, b in pairwise(whole))
        letters = Counter(sign for pair in pairs.elements() for sign in pair)
        return cls(_shares(pairs), _shares(letters))

    def of(self, pair: str) -> float:
        """How usual a pair is: by itself, else by its letters."""
        if pair in self.pairs:
            return self.pairs[pair]
        rare = (self.letters.get(sign, _STRANGE) for sign in pair)
        return max(_WRONG, sum(rare) - 2.0)


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    return {key: math.log(count / total) for key, count in counts.items()}


@cache
def _model(tag: str) -> Model:
    return Model.of_words(_words_of(tag))


@cache
def _words_of(tag: str) -> list[str]:
    """What CLDR calls countries, languages and months in a language."""
    from babel import Locale

    locale = Locale.parse(tag)
    named = [*locale.territories.values(), *locale.languages.values()]
    months = [name for width in locale.months["format"].values() for name in width.values()]
    words = [word for text in (*named, *months) for word in re.findall(r"[^\W\d_]+", str(text))]
    return words + 2 * _ALSO.get(tag, "").split()
