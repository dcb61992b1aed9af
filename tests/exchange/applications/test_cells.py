"""What cells mean, kind by kind: right, or empty with a doubt, and hardly ever doubted if right.

Each cell is written as ``cell = meaning``: ``?`` is a doubt at the field, ``-`` is no answer and no
doubt, ``T`` and ``F`` are yes and no.
"""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.money import Money
from schoolapp.domain.reading_cells.amounts import MoneyHabit, habit, read_money
from schoolapp.domain.reading_cells.yes_no import yes_or_no
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report

START = dt.date(2027, 10, 23)
YES_NO = """
Yes, please send me a letter=T | Oui, si possible=T | sí, 200 €=T | No (EU passport)=F |
Yes - from Schengen=T | not sure yet=? | maybe=? | No idea=? | Ja, graag=T |
Nee, dank je=F | Nein, danke=F | Ja bitte=T | Sim, preciso=T | Não=F | Não, obrigado=F |
Yes!=T | YES=T | yes.=T | No thanks=F | No, thank you=F | Si=T | Si claro=T |
Sí, por favor=T | si possible=? | No sé=? | no lo sé todavía=? | Je ne sais pas=? |
Weet ik nog niet=? | ich weiß nicht=? | Vielleicht=? | misschien=? | Peut-être=? |
tal vez=? | Oo=T | Opo=T | Hindi=F | Hindi po=F | ہاں=T | جی ہاں=T | نہیں=F | WAHR=T |
FALSCH=F | VRAI=T | FAUX=F | VERDADERO=T | FALSO=F | VERO=T | WAAR=T | ONWAAR=F |
TRUE=T | FALSE=F | True=T | 1=T | 0=F | 1.0=T | x=T | X=T | ✓=T | n/a=- | =- |
I agree=T | I agree to the privacy notice=T | I do not agree=F | I don't need one=F |
I need a visa=T | Yes, but only for Belgium=? | Yes/No=? | yes and no=? | Depends=? |
It depends on the date=? | not needed=F | Not required=F | required=T | Of course=T |
sure=T | Not sure=? | pending=? | applied already=? | Oui=T | Non=F | Non merci=F |
non, je suis belge=F | Oui, absolument=T | Si, gracias=T | No gracias=F | No necesito=F |
no, tengo pasaporte español=F | Sí, soy de Pakistán=T | Yes (Pakistan)=T |
Yes: Pakistan=T | No; Schengen=F | Ja=T | Nee=F | Nein=F | ja, Visum nötig=T |
nein, EU-Bürger=F | Jein=? | I think so=? | I don't know=? | don't know=? | Yes I do=T |
No I don't=F | Yep=T | Nope=F | J'accepte=T | Acepto=T | Akkoord=T | Ik ga akkoord=T |
Ik ga niet akkoord=F | Je n'accepte pas=F | No acepto=F | Einverstanden=T |
Nicht einverstanden=F | Y=T | N=F | y=T | n=F | on=T | off=F | t=T | f=F |
Yes, I have a valid visa=T | ?=- | igen=T | нет=F | да=T | evet=T | hayır=F |
Hell yes=? | 100%=? | Ja, ich brauche eine Einladung=T | Ja (Pakistan)=T | Checked=T |
Unchecked=F | Oui (passeport malien)=T | Non (UE)=F | Yes please=T | no visa=? | None=? |
Hindi ko alam=? | siguro=? | Oo, kailangan ko=T | ہاں، ضرورت ہے=T | نہیں، شکریہ=F |
معلوم نہیں=? | شاید=?
"""
GENDERS = """
X = other | x = other | none = ? | n/a. = - |
Woman=woman | woman=woman | Female=woman | FEMALE=woman | Femme=woman | Mujer=woman |
Vrouw=woman | Frau=woman | Babae=woman | عورت=woman | Mulher=woman | Donna=woman |
Man=man | male=man | Homme=man | Hombre=man | Varón=man | Mann=man | weiblich=woman |
männlich=man | divers=other | Non-binary=other | nonbinary=other | Non binary=other |
No binario=other | No binaria=other | Non-binaire=other | Prefer not to say=- |
Rather not say=- | Prefiero no decirlo=- | Je préfère ne pas répondre=- |
Zeg ik liever niet=- | keine Angabe=- | prefiro não dizer=- | Female (she/her)=woman |
She/her woman=woman | Woman (she/her)=woman | cis woman=woman | trans man=man |
Trans woman=woman | transgender woman=woman | Femme / Woman=woman | genderfluid=? |
agender=? | ask me=? | Man and woman=? | a woman=woman | I am a woman=woman |
Other=other | Autre=other | Otro=other | Anders=other | n/a=- | -=- | =- | Two-spirit=? |
femenino=woman | masculino=man | Féminin=woman | Masculin=man | vrouwelijk=woman |
Lalaki=man | queer=? | woman.=woman | Lady=woman | Mujer cis=woman | Mujer trans=woman |
hombre trans=man | Feminino=woman
"""
LANGUAGES = """
English=en | English, French=en,fr | English (fluent), French (B1)=en,fr |
Mother tongue: Urdu; English: good=ur,en | Español, inglés=es,en |
Nederlands, Engels, beetje Frans=nl,en,fr | Deutsch, Englisch=de,en | No=? |
Spanish and English=es,en |
Spanish (native), English (advanced), Portuguese (basic)=es,en,pt |
français, anglais (courant)=fr,en | en, fr=en,fr | EN/FR/ES=en,fr,es |
Arabic - mother tongue=ar | Tagalog, English=fil,en | اردو، انگریزی=ur,en |
I speak English and Spanish=en,es | English C1, Spanish B2, Catalan native=en,es,ca |
Castellano=es | Hindi, Punjabi=hi,pa | English only=en | Only English=en |
português, espanhol=pt,es | Mandarin Chinese=zh | Cantonese=yue | Chinese=zh |
Kurdish=ku | Farsi=fa | Dari=prs | Swahili=sw | Tamil & Sinhala=ta,si |
English;French;=en,fr | French (fluently) and some German=fr,de | Bahasa Indonesia=id |
Filipino/English=fil,en | English +French=en,fr | Wolof, French=wo,fr | Bambara=bm |
Turkish, Kurdish (Kurmanji)=tr,ku | Euskera=eu | Inglés medio=en |
Inglés (nivel medio)=en | Anglais niveau B2=en |
English: fluent; French: intermediate=en,fr | Portuguese (Brazil)=pt |
Brazilian Portuguese=pt | Spanish (Latin America)=es
"""
PHONES = """
+31 6 12345678=+31 6 12345678 | n/a=- | none=- | -=- | N/A=- | No phone=- | no tengo=- |
31612345678.0=? | 3.16E+10=? | nan=- | NaN=- | #NAME?=? | #REF!=? | ask my sister=? |
ana@example.org=? | +32 2 555 01 33 (work)=+32 2 555 01 33 (work) |
0612345678 / 0687654321=0612345678 / 0687654321 | (02) 555 0101=(02) 555 0101 |
tel: 0612345678=tel: 0612345678 | WhatsApp +92 300 5550101=WhatsApp +92 300 5550101 |
'0612345678=0612345678 | 06 12 34 56 78=06 12 34 56 78 | 612345678=? | null=- | #N/A=? |
+=? | see e-mail=? | 00316 12345678=00316 12345678
"""
SENT = """
2027-05-12T10:00:00+02:00=2027-05-12T10:00:00 |
Wednesday, May 12, 2027 10:00 AM=2027-05-12T10:00:00 |
Wed May 12 2027 10:00:00 GMT+0200 (Central European Summer Time)=2027-05-12T10:00:00 |
Wed, 12 May 2027 10:00:00 +0200=2027-05-12T10:00:00 | 1810108800=2027-05-12T08:00:00 |
1810108800000=2027-05-12T08:00:00 |
Mittwoch, 12. Mai 2027 um 10:00:00 MESZ=2027-05-12T10:00:00 |
mercredi 12 mai 2027 à 10:00=2027-05-12T10:00:00 |
miércoles, 12 de mayo de 2027, 10:00=2027-05-12T10:00:00 |
woensdag 12 mei 2027 om 10:00=2027-05-12T10:00:00 |
May 12, 2027, 10:00 AM=2027-05-12T10:00:00 |
2027-05-12 10:00:00.000 UTC=2027-05-12T10:00:00 | 12-May-2027 10:00=2027-05-12T10:00:00 |
2027/05/12 10:00:00 AM GMT+2=2027-05-12T10:00:00 |
2027/05/12 3:05:00 PM GMT+2=2027-05-12T15:05:00 | 13/05/2027 10:00=2027-05-13T10:00:00 |
2027-05-12=2027-05-12T00:00:00 | 46154.4167=2026-05-12T10:00:03 | yesterday=? |
Donnerstag, 26. Januar 2027 um 13:39:50 Mitteleuropäische Normalzeit=2027-01-26T13:39:50 |
quarta-feira, 12 de maio de 2027 10:00=2027-05-12T10:00:00 |
mercoledì 12 maggio 2027 10:00=2027-05-12T10:00:00 |
12 May 2027 at 10:00=2027-05-12T10:00:00 | May 12th, 2027 10:00am=2027-05-12T10:00:00 |
Wed 12 May 2027, 10:00=2027-05-12T10:00:00 | 13/05/2027 10:00 a. m.=2027-05-13T10:00:00 |
13/05/2027 3:00:00 p. m.=2027-05-13T15:00:00 |
mar. 11 mai 2027 10:00=2027-05-11T10:00:00 | dom, 9 mayo 2027 10:00=2027-05-09T10:00:00 |
2027-05-12T10:00=2027-05-12T10:00:00 | 2027-05-12T10:00:00.123Z=2027-05-12T10:00:00 |
20270512=2027-05-12T00:00:00 | 1 Jun 2027 09:00=2027-06-01T09:00:00 |
12 Mai 2027 10h00=2027-05-12T10:00:00
"""
BORN = """
1990-05-16T22:00:00.000Z=? | 1990-05-17T00:00:00.000Z=1990-05-17 |
1990-05-17T05:00:00Z=1990-05-17 | 1990-05-16T18:30:00Z=? | 1990-05-16 23:00:00=? |
1990-05-17 00:00:00=1990-05-17 | 17 May 1990=1990-05-17 | May 17, 1990=1990-05-17 |
17 mai 1990=1990-05-17 | 17 de mayo de 1990=1990-05-17 | 17. Mai 1990=1990-05-17 |
Thursday, May 17, 1990=1990-05-17 | jeudi 17 mai 1990=1990-05-17 | 31/02/1990=? |
1990=? | n/a=? | #REF!=? | 17 mei 1990=1990-05-17 | 17.05.1990=1990-05-17 |
17/05/1990=1990-05-17 | 05/17/1990=1990-05-17 | 17-05-1990=1990-05-17 |
19900517=1990-05-17 | Mai 1990=? | 16=? | born in 1990=? | 17th of May 1990=1990-05-17 |
17-Mai-1990=1990-05-17 | 1990/05/17=1990-05-17 | 1990.05.17=1990-05-17 |
17 Mayo 1990=1990-05-17 | 17 مئی 1990=1990-05-17 | 17 MAY 1990=1990-05-17 |
May-17-1990=1990-05-17 | 17May1990=1990-05-17 | 01/01/1900=? | 2027-05-17=? |
2026-05-12=? | 32645=?
"""
NAMES = """
LE THI HOA=Le Thi Hoa | NGUYEN VAN DUC=Nguyen Van Duc | DU WEI=Du Wei |
DE LEON MARIA=De Leon Maria | Sukarno -=Sukarno | Sukarno N/A=Sukarno |
Dr. Ana Ruiz=Ana Ruiz | Ana Ruiz, PhD=Ana Ruiz | Prof. Dr. Ana Ruiz=Ana Ruiz | #NAME?=? |
FNU Marwan=? | Ana RUIZ=Ana Ruiz | RUIZ Ana=Ana Ruiz | Ruiz, Ana=Ana Ruiz |
ANA VAN DER BERG=Ana van der Berg | JAN DE VRIES=Jan de Vries | Frau Ana Ruiz=Ana Ruiz |
Mr John Smith=John Smith | MARIA DEL CARMEN LOPEZ=Maria del Carmen Lopez |
Ana de la Cruz=Ana de la Cruz | O'NEILL SEAN=O'Neill Sean | Sra. Ana Ruiz=Ana Ruiz |
Ana Ruiz (she/her)=Ana Ruiz (she/her) | JOSÉ GARCÍA=José García |
TRAN LE MINH=Tran Le Minh | Malcolm X=Malcolm X | Na Li=Na Li | Nil Sen=Nil Sen |
Björn Larsson MSc=Björn Larsson | unknown=?
"""

MONEY = {
    "decimal comma": "1.500 = 1500.00 EUR | 980,50 = 980.50 EUR | 1.250,00 = 1250.00 EUR",
    "decimal point": "1,500 = 1500.00 EUR | 980.50 = 980.50 EUR | 1'250.00 = 1250.00 EUR",
    "small": "1.500 = 1500.00 EUR | 2.000 = 2000.00 EUR | 0 = 0.00 EUR",
    "nobody can know": "150.000 = ? | 80.500 = ?",
    "words": "€200 = 200.00 EUR | 150 EUR = 150.00 EUR | about 200 = 200.00 EUR | 100-200 = ? |"
    " 2k = ? | ask me = ? | 50 per day = ? | none = - | n/a = - | No = - | $200 = ? | 50% = ? |"
    " #VALUE! = ? | 200 USD = 200.00 USD",
}
COUNTRIES = """
Korea, Republic of = KR | Iran, Islamic Republic of = IR | Palestinian Territory, Occupied = PS |
Congo, The Democratic Republic of the = CD | Congo, Republic of = CG | Congo = ? | PHL = PH |
Bolivia (Plurinational State of) = BO | Fédération de Russie = RU | Russische Föderation = RU |
Corée, République de = KR | Corea, República de = KR | Korea, Democratic People's Republic of = KP |
Kongo, Demokratische Republik = CD | Federação Russa = RU | Koninkrijk der Nederlanden = NL |
Bundesrepublik Deutschland = DE | Estado Español = ES | Virgin Islands, U.S. = VI |
Republic of China = ? | Taiwan, Province of China = TW | Venezuela, RB = VE | 🇪🇸 = ES |
🇪🇸 Spain = ES | USSR = ? | N/A = - | none = - | NA = ? | #REF! = ? |
Lao People's Democratic Republic = LA |
Saint Martin (French part) = MF | Svalbard and Jan Mayen = SJ | Türkiye = TR | Viet Nam = VN
"""

MORE_YES_NO = """
No, but I might need one=? | Sí pero no ahora=? | Non applicable=- | N/A - EU citizen=? |
Not yet=? | Oo naman=T | Hindi na po=F | Да, пожалуйста=T | نعم، من فضلك=T | DOĞRU=T |
YANLIŞ=F | ИСТИНА=T | FALSKT=F | Yes, both parents signed=T | signed by my mother=T |
not signed=F | Oui, ma mère est d'accord=T | No (I am Dutch)=F | Nee (EU)=F |
No. I have a Schengen visa=F | Yes. Please help=T | YES!!!=T | no!=F | None needed=? |
Sí, mi madre firmó=T | I do=T | I don't=F | Ja!=T
"""
MORE_GENDERS = """
Männlich (er/ihm)=man | Weiblich (sie/ihr)=woman | M (male)=man | F - female=woman |
Femenino/Mujer=woman | Non-binary / gender non-conforming=other |
Non-binary person=other | Trans=? | Male/Female=? | Mr=man | Ms=woman | Herr=man |
Prefer to self-describe: agender=? | Woman, non-binary=? | Mujer no binaria=?
"""
MORE_LANGUAGES = """
English 4/5, French 2/5=en,fr | Spanish is my mother tongue=es | Chinese (Mandarin)=zh |
English – fluent=en | French, a little=fr | English as second language=en |
Haitian Creole=ht | Native: Spanish; Second: English=es,en | Persian (Farsi)=fa |
Spanish, no English=es | English: yes, French: no=en | Guaraní=gn | inglés básico=en |
português nativo, inglês fluente=pt,en | Englisch fließend=en |
Nederlands (moedertaal), Engels (goed)=nl,en | Anglais, un peu d'espagnol=en,es |
Ingles, kaunting Pranses=en,fr
"""
MORE_MONEY = """
CHF 200=200.00 CHF | 300 (train)=300.00 EUR | ca. 250=250.00 EUR | ~250=250.00 EUR |
max. 250 €=250.00 EUR | 12,5=12.50 EUR | 1,5k=? | 250 total (150 flight + 100 bus)=? |
€ -=? | per day 50=? | 1500 MXN=1500.00 MXN | 150€ flight=150.00 EUR |
150 euros aller-retour=150.00 EUR | EUR 150,-=150.00 EUR | 5000 PHP=5000.00 PHP |
free=? | -150=?
"""
MORE_PHONES = """
+31612345678.0=+31612345678 | 3.1612345678E10=? |
+1 (555) 010-0199 ext. 12=+1 (555) 010-0199 ext. 12 | call after 18h=? | 0=?
"""
MORE_BORN = """
1990-05-17T12:00:00Z=1990-05-17 | 5/16/1990 10:00:00 PM=? | 1990-05-16T22:00:00=? |
1990-05-16T23:00:00+00:00=? | 17/05/1990 0:00=1990-05-17 |
17/05/1990 12:00:00 AM=1990-05-17 | May 1990=? | 1990-05-17T00:00:00+02:00=1990-05-17 |
17 de maio de 1990=1990-05-17 | 17 maggio 1990=1990-05-17 |
Fri May 18 1990 02:00:00 GMT+0200=1990-05-18
"""
MORE_SENT = """
13/05/2027 10.30.00=2027-05-13T10:30:00 | 13.05.2027 10:30 Uhr=2027-05-13T10:30:00 |
2027-05-12 10:00:00+02=2027-05-12T10:00:00 | 20270512T100000Z=? |
2027年5月12日 10:00=2027-05-12T10:00:00 | 12. Mai 2027, 10.30 Uhr=2027-05-12T10:30:00 |
Mi., 12. Mai 2027, 10:30=2027-05-12T10:30:00 | n/a=-
"""
MORE_COUNTRIES = """
Congo-Brazzaville=CG | Congo (Brazzaville)=CG | Congo Kinshasa=CD | U.S.=US | U.S.A=US |
US=US | America=? | Europe=? | Guinea Conakry=GN | Spain (Catalonia)=ES |
España (Cataluña)=ES | The Phillipines=PH | Philippines, Manila=PH | Kosovo=XK |
Ivory coast=CI | Cote d'ivoire=CI | Brazil/Portugal=? | Rep. Dominicana=DO |
República Bolivariana de Venezuela=VE | Federal Republic of Nigeria=NG |
Bosnia-Herzegovina=BA | Bosnia=BA | Trinidad=TT | Macedonia=MK | Holland=NL |
Great Britain=GB | Palestine=PS | Kingdom of Saudi Arabia=SA | Czechoslovakia=? |
Western Sahara=EH | Kurdistan=?
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """Cell and meaning of each."""
    found = [" ".join(one.split()) for one in text.split("|")]
    return [(cell.strip(), meant.strip()) for cell, _, meant in (o.rpartition("=") for o in found)]


def rows_of(heading: str, cells: list[str], **choices) -> list[dict]:
    """A sheet of one column beside names, or of names alone, as it is reported."""
    text = io.StringIO()
    writer = csv.writer(text)
    other = "E-mail" if heading == "Full name" else "Full name"
    writer.writerow([other, heading])
    for n, cell in enumerate(cells):
        name = f"{chr(65 + n % 26)}na {chr(90 - n // 26)}u{chr(97 + n % 26)}z"
        writer.writerow([f"a{n}@example.org" if other == "E-mail" else name, cell])
    sheet = understand(
        read(text.getvalue().encode(), "f.csv"),
        "f.csv",
        choices=Choices(**choices),
        reference_date=START,
    )
    return report(sheet)["rows"]  # type: ignore[return-value]


def meaning(row: dict, field: str) -> str:
    """The value of a report as these tests write it."""
    value = row[field]
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, list):
        return ",".join(value)
    if value is not None:
        return str(value)
    return "?" if any(mark["field"] == field for mark in row["marks"]) else "-"


def wrong(heading: str, field: str, text: str) -> list[tuple[str, str, str]]:
    """The cells of a column that mean something else: cell, right, found."""
    cells = pairs(text)
    rows = rows_of(heading, [cell for cell, _meant in cells])
    found = [
        (cell, meant, meaning(row, field)) for (cell, meant), row in zip(cells, rows, strict=True)
    ]
    return [(cell, meant, said) for cell, meant, said in found if said != meant]


COLUMNS = [
    ("Do you need a visa?", "needs_visa", YES_NO), ("Gender", "gender", GENDERS),
    ("Languages", "languages", LANGUAGES), ("Phone", "phone", PHONES),
    ("Timestamp", "submitted", SENT), ("Date of birth", "born", BORN),
    ("Full name", "full_name", NAMES), ("Country", "country", COUNTRIES),
    *(("Travel costs", "travel", text) for text in MONEY.values()),
    ("Do you need a visa?", "needs_visa", MORE_YES_NO), ("Gender", "gender", MORE_GENDERS),
    ("Languages", "languages", MORE_LANGUAGES), ("Travel costs", "travel", MORE_MONEY),
    ("Phone", "phone", MORE_PHONES), ("Date of birth", "born", MORE_BORN),
    ("Timestamp", "submitted", MORE_SENT), ("Country", "country", MORE_COUNTRIES),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "field", "text"), COLUMNS)
def test_a_cell_is_right_or_in_doubt(heading: str, field: str, text: str) -> None:
    """No cell is wrong silently or lost, whatever people write into it (S04)."""
    assert wrong(heading, field, text) == []


def test_hardly_any_right_cell_is_doubted() -> None:
    """At most one right cell in twenty is in doubt."""
    right = doubted = 0
    for heading, field, text in COLUMNS:
        for (_cell, meant), row in zip(
            pairs(text), rows_of(heading, [cell for cell, _meant in pairs(text)]), strict=True
        ):
            if meant not in ("?", "-"):
                right += 1
                doubted += any(mark["field"] == field for mark in row["marks"])
    assert right > 350
    assert doubted <= right / 20


@pytest.mark.parametrize(
    ("parts", "full"),
    [("Sukarno|-", "Sukarno"), ("-|Wibowo", "Wibowo"), ("Hartini|N/A", "Hartini"),
     ("Ana|none", "Ana"), ("Ana|NULL", "Ana"), ("Na|Li", "Na Li"), ("Malcolm|X", "Malcolm X"),
     ("Yanto|Yanto", None), ("FNU|Marwan", None), ("Marwan|LNU", None), ("Ana|Null", None),
     ("Ana|#N/A", None), ("Ana|unknown", None), ("VAN DUC|LE", "Van Duc Le")],
)  # fmt: skip
def test_a_part_of_a_name_that_is_none_is_not_printed_on_a_badge(
    parts: str, full: str | None
) -> None:
    """ "-" and "N/A" are no family names; "FNU" leaves the name open, and all are looked at."""
    text = "First name,Last name,E-mail\n" + parts.replace("|", ",") + ",a@example.org\n"
    sheet = understand(read(text.encode(), "f.csv"), "f.csv", reference_date=START)
    (row,) = report(sheet)["rows"]  # type: ignore[misc]
    assert row["full_name"] == full
    if full is None or " " not in full:
        assert "full_name" in {mark["field"] for mark in row["marks"]}


@pytest.mark.parametrize(
    ("age", "minor"),
    [("16", True), ("16.0", True), ("17 years", True), ("under 18", True), ("16-17", True),
     ("34", None), ("18-25", None), ("15-20", "asked")],
)  # fmt: skip
def test_an_age_in_place_of_a_birth_date_shows_a_minor(age: str, minor: object) -> None:
    """Camps ask the age: a minor is marked, and the age is kept under its question (E29)."""
    (row,) = rows_of("Age", [age])
    codes = {mark["code"] for mark in row["marks"]}
    assert (row["minor"] or None, "minor" in codes, "age_unclear" in codes) == (
        True if minor is True else None,
        minor is True,
        minor == "asked",
    )
    assert row["answers"] == {"Age": age.removesuffix(".0")}


@pytest.mark.parametrize(
    ("cell", "modules"),
    [("1,2,3", ["1", "2", "3"]), ("1-3", ["1", "2", "3"]), ("1 and 3", ["1", "3"]),
     ("Module 1", ["Module 1"]), ("all", ["all"]), ("none", None), ("2.0", ["2"])],
)  # fmt: skip
def test_modules_are_the_parts_of_a_list(cell: str, modules: list[str] | None) -> None:
    """A list, a span of numbers, a title; which of the gathering's they are is decided later."""
    (row,) = rows_of("Which modules?", [cell])
    assert row["modules"] == modules


@pytest.mark.parametrize(
    ("cell", "tags"),
    [("No", None), ("Si", None), ("None", None), ("Nee", None), ("English", ["en"])],
)
def test_no_is_an_answer_and_not_norwegian(cell: str, tags: list[str] | None) -> None:
    """ "Other languages? No" names no language; "no" among tags is asked about."""
    (row,) = rows_of("Languages", [cell])
    assert row["languages"] == tags
    rows = rows_of("Languages", ["en", "fr", "no", "sv"])
    assert [row["languages"] for row in rows] == [["en"], ["fr"], None, ["sv"]]
    assert {mark["code"] for mark in rows[2]["marks"]} == {"language_unknown"}


@pytest.mark.parametrize(
    ("cells", "tags"),
    [("fluent|basic|", ["en", "fr"]), ("|good|Swedish", ["fr", "sv"]), ("none|none|", None),
     ("Muttersprache|keine|", ["en"]), ("yes|x|", ["en", "fr"]), ("English|French|", ["en", "fr"]),
     ("5|4|", ["en", "fr"]), ("1|0|", ["en"]), ("B2|-|n/a", ["en"])],
)  # fmt: skip
def test_a_grid_of_levels_names_the_languages_that_have_one(
    cells: str, tags: list[str] | None
) -> None:
    """Any level but none is a language spoken; what is not a level is asked about."""
    head = "Full name,Languages [English],Languages [French],Languages [Other]\n"
    for text, expected in ((cells, tags), ("perhaps a little bit||", None)):
        line = f"Ana Ruiz,{text.replace('|', ',')}\n"
        sheet = understand(read((head + line).encode(), "f.csv"), "f.csv", reference_date=START)
        (row,) = report(sheet)["rows"]  # type: ignore[misc]
        assert row["languages"] == expected
        assert expected or "languages" in {mark["field"] for mark in row["marks"]}


def test_an_error_of_a_spreadsheet_is_no_answer() -> None:
    """An error cell is empty and reported, also the typed one of a workbook, in any column."""
    book = openpyxl.Workbook()
    table = book.active
    table.append(["Full name", "E-mail", "Country", "Dietary needs", "Colour"])
    table.append(["x", "a@example.org", "x", "x", "x"])
    for column, words in ((1, "#NAME?"), (3, "#REF!"), (4, "#N/A"), (5, "#VALUE!")):
        table.cell(2, column, words).data_type = "e"
    data = io.BytesIO()
    book.save(data)
    sheet = understand(read(data.getvalue(), "a.xlsx"), "a.xlsx", reference_date=START)
    (row,) = report(sheet)["rows"]  # type: ignore[misc]
    assert {mark["field"] for mark in row["marks"]} == {"full_name", "country", "diet", "Colour"}
    assert (row["full_name"], row["country"], row["diet"], row["answers"]) == (None, None, None, {})
    assert not row["skipped"]


@pytest.mark.parametrize("error", ["#BEZUG!", "#¿NOMBRE?", "#NV", "Err:502", "#WAARDE!", "#N/D"])
def test_errors_are_known_in_the_language_of_the_spreadsheet(error: str) -> None:
    """German, Spanish, Dutch and French programs translate their errors."""
    (row,) = rows_of("Phone", [error])
    assert (row["phone"], [mark["code"] for mark in row["marks"]]) == (None, ["error_cell"])


@pytest.mark.parametrize("clock", ["22:00:00", "23:59:12", "18:30:00"])
def test_a_birth_date_in_the_evening_may_be_the_next_day(clock: str) -> None:
    """A program moved midnight by its zone: the date is asked about, the next day suggested."""
    (row,) = rows_of("Born", [f"1990-05-16 {clock}"])
    assert row["born"] is None
    assert "17 May 1990" in row["marks"][0]["text"]
    (row,) = rows_of("Arrival", [f"2027-10-22 {clock}"])
    assert row["arrival"] == "2027-10-22"


def test_forms_stored_in_the_order_they_were_sent_show_the_order_of_their_dates() -> None:
    """No day is past the twelfth, but the rows follow on one another in one reading only."""
    rows = rows_of("Timestamp", ["3/2/2027 10:00", "4/1/2027 11:00", "4/12/2027 9:00"])
    assert [row["submitted"][:10] for row in rows] == ["2027-03-02", "2027-04-01", "2027-04-12"]
    rows = rows_of("Timestamp", ["3/2/2027 10:00", "3/2/2027 11:00"])
    assert [row["submitted"] for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("heading", "cell", "day"),
    [("Timestamp", "5/3/2027 10:00:00", "2027-05-03"), ("Timestamp", "05/03/2027 10:00:00", None),
     ("Marca temporal", "5/3/2027 10:00:00", "2027-03-05"),
     ("Timestamp", "11/12/2027 10:00:00", None), ("Submitted", "5/3/2027 10:00:00", None),
     ("Horodateur", "05/03/2027 10:00:00", "2027-03-05")],
)  # fmt: skip
def test_the_stamps_of_google_forms_are_known_by_their_shape(
    heading: str, cell: str, day: str | None
) -> None:
    """A sheet of one day shows no sequence, but a machine wrote it: 5/3 is American."""
    for row in rows_of(heading, [cell, cell]):
        assert (row["submitted"] or "")[:10] == (day or "")
        assert bool(row["marks"]) is (day is None)


@given(st.text(max_size=40))
def test_any_answer_is_yes_no_or_neither(text: str) -> None:
    """No answer breaks the reader, and signs around it change nothing."""
    assert yes_or_no(text) in (True, False, None)
    if yes_or_no(text) is not None and text.strip(" -") and "?" not in text:
        assert yes_or_no(f" {text} ") is yes_or_no(text)


@given(st.decimals(0, 9_999_999, places=2), st.sampled_from([(".", ","), (",", ".")]))
def test_an_amount_is_read_as_its_column_writes_it(amount, signs: tuple[str, str]) -> None:
    """Whatever the signs of a column are, each of its amounts comes back."""
    thousands, decimal = signs
    text = f"{amount:,.2f}".translate(str.maketrans(",.", thousands + decimal))
    column = habit([f"1{thousands}250{decimal}00", text])
    assert read_money(text, "EUR", column).money == Money.of(amount, "EUR")
    whole = f"{int(amount):,}".replace(",", thousands)
    assert read_money(whole, "EUR", column).money == Money.of(int(amount), "EUR")


def test_the_decimals_of_a_currency_decide_with_the_column() -> None:
    """The dinar has three decimals: 1.500 beside 980,500 is 1,500; alone it is in doubt."""
    comma = MoneyHabit(",", whole=False)
    assert str(read_money("980,500", "TND", comma).money) == "980.500 TND"
    assert str(read_money("1.500", "TND", comma).money) == "1500.000 TND"
    assert read_money("1.500", "TND").money is None
