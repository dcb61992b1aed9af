"""Texts in old encodings: found by their words, chosen by name, shown before they are chosen."""

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.encodings import ENCODINGS, named, previews
from schoolapp.exchange.applications.reading import decode
from schoolapp.exchange.applications.sheets import Opening
from schoolapp.exchange.applications.worker import main, read_apart

NAMES = {
    "cp1250": "Stanisław Gałązka;Polska|Zdeněk Čapek;Česko|László Kőrösi;Magyarország",
    "cp1251": "Сергей Лавренко;Россия|Цветана Иванова;България|Олексій Шульга;Україна",
    "cp1252": "Gonzalo Íñiguez;España|Bjørn Ødegård;Norge|Séverine Hébert;Belgique",
    "cp1253": "Δημήτρης Σταθόπουλος;Ελλάδα|Αικατερίνη Ζαχαρίου;Κύπρος",
    "cp1254": "Zeynep Başaran;Türkiye|İlker Tekoğlu;Almanya",
    "cp1255": "מאיר שפירא;ישראל|תמר אלון;ישראל",
    "cp1256": "خالد بن سعيد;مصر|ليلى الحداد;المغرب",
    "cp1257": "Žydrūnas Ilgauskas;Lietuva|Māris Liepiņš;Latvija",
    "cp1258": "Lê Văn Dũng;Úc|Trần Đình Hùng;Pháp",
    "mac_roman": "Anaïs Gaëlle;Suède|Håkan Öberg;Österreich",
    "koi8_r": "Юлия Соколова;Россия|Пётр Жуков;Россия",
    "koi8_u": "Євген Кравченко;Україна|Їжакевич Ірина;Україна",
    "gb18030": "钱学森;中国|司马光;新加坡",
    "big5": "周潤發;香港|歐陽菲菲;台灣",
    "shift_jis": "大谷翔平;日本|サトウ ケン;日本",
    "euc_kr": "손흥민;대한민국|유재석;한국",
}
CODECS = {"gb18030": "gb18030", "big5": "cp950", "shift_jis": "cp932", "euc_kr": "cp949"}


def file_in(encoding: str) -> tuple[bytes, str]:
    text = "Full name;Country\n" + "\n".join(NAMES[encoding].split("|")) + "\n"
    if encoding == "cp1258":  # which writes the tones apart from their letters
        for whole, parts in (("ễ", "ê\u0303"), ("ũ", "u\u0303"), ("ầ", "â\u0300"), ("ù", "u\u0300"),
                             ("ì", "i\u0300")):  # fmt: skip
            text = text.replace(whole, parts)
        return text.encode("cp1258"), text
    return text.encode(CODECS.get(encoding, encoding)), text


@pytest.mark.parametrize("encoding", NAMES)
def test_E55_an_old_encoding_is_found_by_the_names_in_it(encoding: str) -> None:
    """A few names and countries are enough; no letter is another one afterwards (E55)."""
    data, text = file_in(encoding)
    found, _encoding = decode(data)
    assert found == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("encoding", [*NAMES, "utf-8"])
def test_E55_each_encoding_can_be_chosen_and_is_shown_before(encoding: str) -> None:
    """What somebody chose is not guessed again; the preview shows names as it would read them."""
    data, _text = file_in(encoding) if encoding in NAMES else ("Zoë;Zürich\n".encode(), "")
    sheets = read_apart(data, "a.csv", Opening(encoding))
    assert sheets.encoding == encoding
    rows = sheets.tables[0].rows
    word = sheets.previews[encoding].split()[0]
    assert any(word in str(cell) for row in rows for cell in row)


def test_a_preview_is_made_where_the_letters_differ() -> None:
    """Plain letters need no choice; what an encoding cannot read is not offered with words."""
    assert previews(b"Full name\nAna Ruiz\n") == {}
    shown = previews("Łukasz Święcicki\n".encode("cp1250"))
    assert shown["cp1250"] == "Łukasz Święcicki"
    assert "utf-8" not in shown


@pytest.mark.parametrize(
    ("written", "name"),
    [("windows-1250", "cp1250"), ("Windows 1251", "cp1251"), ("CP1252", "cp1252"),
     ("MacRoman", "mac_roman"), ("KOI8-R", "koi8_r"), ("GBK", "gb18030"),
     ("Shift_JIS", "shift_jis"), ("EUC-KR", "euc_kr"), ("Big5", "big5"), ("utf8", "utf-8"),
     ("latin1", "cp1252"),
     ("rot13", None), ("idna", None)],
)  # fmt: skip
def test_encodings_are_known_by_the_names_that_people_use(written: str, name: str | None) -> None:
    """No other codec of the interpreter can be reached by a name."""
    assert named(written) == name
    assert all(named(one) == one for one in ENCODINGS)


def test_E53_a_file_of_utf8_with_a_spoilt_byte_stays_what_it_was() -> None:
    """One lost byte does not make Chinese of French (E53)."""
    data = "Zoé Lefèvre;François Noël\n".encode() * 10 + b"Ren\xe9\n"
    assert decode(data)[1] == "cp1252"


def test_bytes_that_are_no_words_are_refused() -> None:
    """What is no text in any encoding is not made one."""
    with pytest.raises(RuleBroken, match="save it as UTF-8"):
        decode(b"\x81\x8d\x8f" * 40)


@given(st.text(st.characters(codec="cp1252", exclude_categories=["C"]), min_size=1))
def test_a_text_in_utf8_is_never_read_otherwise(text: str) -> None:
    """UTF-8 is taken whenever it fits."""
    data = ("a," + text).encode()
    assert decode(data) == ("a," + text, "utf-8")


@settings(deadline=None)  # the words of the languages are read once
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    """No bytes lead to an error that is not a sentence for people."""
    out = io.BytesIO()
    assert main("a.csv", io.BytesIO(data), out) in (0, 1)
    assert out.getvalue().endswith(b"\n")
