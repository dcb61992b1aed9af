"""What each kind of list can say: its fields, the headings that they are known by, their readers.

A heading is known when it is one of a field's words, or begins with one: "Room", "room name" and
"Zaal (hoofdgebouw)" are all the room.
"""

import enum
from dataclasses import dataclass
from functools import cache

from schoolapp.base.language import mark
from schoolapp.domain.text import fold, words_of
from schoolapp.exchange.lists.names import ListName


class Reader(enum.Enum):
    """How the cells of a field are read."""

    TEXT = "text"
    LONG = "long"
    NAMES = "names"
    NUMBER = "number"
    DATE = "date"
    DAYS = "days"
    TIME = "time"
    MOMENT = "moment"
    EMAIL = "email"
    PHONE = "phone"
    COUNTRY = "country"
    MONEY = "money"
    LANGUAGES = "languages"
    DURATION = "duration"
    PRESENCE = "presence"


@dataclass(frozen=True, slots=True)
class ListField:
    """A field of a list: what it is called, how it is read, and the headings it is known by."""

    name: str
    label: str  # marked
    reader: Reader
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list; of each group of ``needed`` one field has to have a column."""

    name: ListName
    fields: tuple[ListField, ...]
    needed: tuple[tuple[str, ...], ...]

    def field(self, name: str) -> ListField:
        """The field of this name; ``KeyError`` if there is none."""
        return next(one for one in self.fields if one.name == name)


def _field(name: str, label: str, reader: Reader, words: str) -> ListField:
    return ListField(name, label, reader, tuple(words.split(", ")))


_NOTE = _field(
    "note", mark("Note"), Reader.LONG,
    "note, notes, remark, remarks, comment, comments, remarque, remarques, nota, notas, "
    "observaciones, opmerking, opmerkingen, puna, bemerkung, bemerkungen, observação, نوٹ",
)  # fmt: skip
_EMAIL = _field(
    "email", mark("E-mail"), Reader.EMAIL,
    "email, e mail, mail, email address, e mail address, e mail 1 value, primary email, "
    "user email, courriel, adresse e mail, correo, "
    "correo electrónico, e mailadres, emailadres, ای میل",
)  # fmt: skip
_DATE = "date, day, jour, fecha, día, datum, dag, petsa, araw, data, dia, tag, تاریخ, دن"
ROOMS = ListKind(
    ListName.ROOMS,
    (
        _field(
            "name", mark("Name"), Reader.TEXT,
            "name, room, room name, place, space, hall, salle, lieu, nom, sala, nombre, lugar, "
            "zaal, ruimte, kamer, naam, silid, pangalan, raum, nome, کمرہ, نام",
        ),
        _field(
            "seats", mark("Seats"), Reader.NUMBER,
            "seats, capacity, places, people, size, capacité, personnes, capacidad, plazas, "
            "asientos, capaciteit, plaatsen, zitplaatsen, upuan, kapasidad, plätze, kapazität, "
            "capacidade, lugares, گنجائش, نشستیں",
        ),
        _field(
            "booths", mark("Interpreters' booths"), Reader.NUMBER,
            "booths, booth, interpreter booths, cabines, cabinas, cabines de tradução, "
            "tolkcabines, kabinen",
        ),
        _field(
            "coordinates", mark("Coordinates"), Reader.TEXT,
            "coordinates, gps, map, position, coordonnées, coordenadas, coördinaten, koordinaten",
        ),
    ),
    (("name",),),
)  # fmt: skip
SESSIONS = ListKind(
    ListName.SESSIONS,
    (
        _field(
            "title", mark("Title"), Reader.TEXT,
            "title, session, session title, topic, subject, what, activity, name, titre, sujet, "
            "thème, activité, título, tema, actividad, titel, onderwerp, sessie, activiteit, "
            "pamagat, paksa, thema, عنوان, موضوع",
        ),
        _field("date", mark("Day"), Reader.DATE, _DATE),
        _field(
            "start", mark("Begins"), Reader.MOMENT,
            "start, begins, begin, from, time, start time, starts, when, hour, début, de, heure, "
            "à partir de, horaire, inicio, desde, hora, comienzo, begint, van, tijd, aanvang, "
            "simula, oras, beginn, von, uhrzeit, início, شروع, وقت",
        ),
        _field(
            "end", mark("Ends"), Reader.MOMENT,
            "end, ends, until, to, till, end time, fin, jusqu'à, hasta, término, einde, eindigt, "
            "tot, wakas, hanggang, ende, bis, fim, até, اختتام, تک",
        ),
        _field(
            "minutes", mark("Minutes"), Reader.NUMBER,
            "minutes, duration, length, min, durée, duración, duur, minuten, haba, dauer, duração, "
            "دورانیہ",
        ),
        _field(
            "room", mark("Room"), Reader.TEXT,
            "room, place, where, location, venue, hall, salle, lieu, où, sala, lugar, dónde, zaal, "
            "ruimte, waar, locatie, silid, saan, raum, ort, کمرہ, جگہ",
        ),
        _field(
            "speakers", mark("Speakers"), Reader.NAMES,
            "speaker, speakers, lecturer, lecturers, by, who, presenter, facilitator, trainer, "
            "intervenant, intervenante, intervenants, orateur, ponente, ponentes, orador, "
            "oradora, spreker, sprekers, docent, inleider, tagapagsalita, referent, referentin, "
            "palestrante, مقرر",
        ),
        _field(
            "chairs", mark("Chair (among the speakers)"), Reader.NAMES,
            "chair, chairs, chairperson, chaired by, moderator, moderators, moderated by, host, "
            "président, présidente, présidence, modérateur, modératrice, animateur, animatrice, "
            "modera, moderador, moderadora, preside, presidenta, voorzitter, gespreksleider, "
            "tagapangulo, moderation, moderatorin, vorsitz, presidência, صدر",
        ),
        _field(
            "interpreters", mark("Interpreters"), Reader.NAMES,
            "interpreter, interpreters, interpreted by, interpretation by, interprète, "
            "interprètes, intérprete, intérpretes, tolk, tolken, tagasalin, dolmetscher, "
            "dolmetscherin, مترجم",
        ),
        _field(
            "into", mark("Interpreted into"), Reader.LANGUAGES,
            "interpreted into, interpretation, interpretation into, translation, translated into, "
            "interprétation, traduction, interpretación, traducción, vertolking, vertaling, "
            "verdolmetschung, interpretação, tradução, ترجمہ",
        ),
        _field(
            "language", mark("Language of the floor"), Reader.LANGUAGES,
            "language, floor, floor language, spoken in, langue, idioma, lengua, taal, wika, "
            "sprache, língua, زبان",
        ),
        _field(
            "online_link", mark("Online link"), Reader.TEXT,
            "link, online link, zoom, url, lien, enlace, koppeling, videocall, jitsi",
        ),
    ),
    (("title",), ("start", "date")),
)  # fmt: skip
PEOPLE = ListKind(
    ListName.PEOPLE,
    (
        _field(
            "name", mark("Name"), Reader.TEXT,
            "name, full name, display name, nom, nom complet, nombre, nombre completo, "
            "naam, volledige naam, "
            "pangalan, vollständiger name, nome, nome completo, نام, پورا نام",
        ),
        _field(
            "given", mark("Given name"), Reader.TEXT,
            "first name, given name, first, prénom, nombre de pila, voornaam, unang pangalan, "
            "vorname, primeiro nome, پہلا نام",
        ),
        _field(
            "family", mark("Family name"), Reader.TEXT,
            "last name, family name, surname, last, nom de famille, apellido, apellidos, "
            "achternaam, apelyido, nachname, apelido, sobrenome, خاندانی نام",
        ),
        _EMAIL,
        _field(
            "phone", mark("Phone"), Reader.PHONE,
            "phone, phone number, telephone, mobile, mobile phone, mobile number, phone 1 value, "
            "cell, cell phone, primary phone, whatsapp, téléphone, portable, "
            "teléfono, móvil, celular, telefoon, mobiel, telepono, telefon, handy, telefone, فون",
        ),
        _field(
            "country", mark("Country"), Reader.COUNTRY,
            "country, country of residence, home country, home country region, address 1 country, "
            "business country, business country region, work country, pays, país, land, bansa, ملک",
        ),
        _field(
            "languages", mark("Languages"), Reader.LANGUAGES,
            "languages, language, speaks, langues, langue, idiomas, idioma, talen, taal, mga wika, "
            "sprachen, línguas, زبانیں",
        ),
        _field(
            "role", mark("Works as"), Reader.TEXT,
            "role, roles, works as, task, rôle, fonction, rol, función, functie, "
            "taak, tungkulin, funktion, rolle, aufgabe, função, papel, کردار",
        ),
        _field(
            "days", mark("Days of work"), Reader.DAYS,
            "days, dates, period, jours, période, días, fechas, periodo, dagen, periode, mga araw, "
            "tage, zeitraum, dias, período, دن",
        ),
        _field(
            "first_day", mark("First day of work"), Reader.DATE,
            "first day, start date, from date, works from, arrival, arrives, premier jour, "
            "arrivée, primer día, llegada, eerste dag, aankomst, unang araw, erster tag, ankunft, "
            "primeiro dia, chegada, آمد",
        ),
        _field(
            "last_day", mark("Last day of work"), Reader.DATE,
            "last day, end date, until date, works until, departure, leaves, dernier jour, "
            "départ, último día, salida, laatste dag, vertrek, huling araw, letzter tag, abreise, "
            "último dia, partida, روانگی",
        ),
        _field(
            "fee", mark("Fee for the work"), Reader.MONEY,
            "fee, fees, honorarium, paid, rate, honoraires, cachet, rémunération, honorarios, "
            "pago, vergoeding, gage, bayad, honorar, vergütung, honorários, معاوضہ",
        ),
        _NOTE,
    ),
    (("name", "given", "family"),),
)  # fmt: skip
TEXTS = ListKind(
    ListName.TEXTS,
    (
        _field(
            "author", mark("Author"), Reader.TEXT,
            "author, authors, by, writer, auteur, auteurs, autor, autora, autores, schrijver, "
            "may akda, verfasser, autorin, مصنف",
        ),
        _field(
            "title", mark("Title"), Reader.TEXT,
            "title, text, reading, book, name, titre, texte, livre, título, texto, libro, titel, "
            "tekst, boek, pamagat, aklat, buch, عنوان, کتاب",
        ),
        _field(
            "year", mark("Year"), Reader.NUMBER,
            "year, published, publication year, année, an, año, jaar, taon, jahr, ano, سال",
        ),
        _field(
            "language", mark("Language"), Reader.LANGUAGES,
            "language, lang, langue, idioma, lengua, taal, wika, sprache, língua, زبان",
        ),
        _field("pages", mark("Pages"), Reader.TEXT, "pages, pp, páginas, pagina's, pahina, seiten"),
        _field(
            "topics", mark("Topics"), Reader.TEXT,
            "topics, topic, subject, keywords, tags, thèmes, sujets, temas, onderwerpen, "
            "trefwoorden, paksa, themen, موضوعات",
        ),
        _field(
            "web_address", mark("Web address"), Reader.TEXT,
            "link, url, web, web address, website, lien, enlace, webadres, adresse web",
        ),
    ),
    (("title",),),
)  # fmt: skip
MARKS = ListKind(
    ListName.MARKS,
    (
        _field(
            "name", mark("Name"), Reader.TEXT,
            "name, full name, participant, name original name, user name, attendee, nom, "
            "nom complet, participante, nombre, naam, deelnemer, pangalan, kalahok, teilnehmer, "
            "nome, نام",
        ),
        _EMAIL,
        _field(
            "session", mark("Session"), Reader.TEXT,
            "session, session title, meeting, topic, séance, sesión, sessie, sesyon, sitzung, "
            "sessão, نشست",
        ),
        _field("date", mark("Day"), Reader.DATE, _DATE),
        _field(
            "present", mark("Present"), Reader.PRESENCE,
            "present, attended, attendance, status, was there, here, présent, présence, presente, "
            "asistencia, asistió, aanwezig, aanwezigheid, dumalo, anwesend, anwesenheit, "
            "presença, حاضر, حاضری",
        ),
        _field(
            "came", mark("Came at"), Reader.MOMENT,
            "join time, joined, came, arrived, time in, check in, first join, arrivée, entrada, "
            "llegada, binnen, aankomst, beitrittszeit, آمد",
        ),
        _field(
            "went", mark("Went at"), Reader.MOMENT,
            "leave time, left, went, time out, check out, last leave, départ, salida, vertrek, "
            "austrittszeit, روانگی",
        ),
        _field(
            "minutes", mark("Minutes"), Reader.DURATION,
            "duration, duration minutes, in meeting duration, total duration, time in session, "
            "minutes, durée, duración, duur, dauer, duração, دورانیہ",
        ),
    ),
    (("name", "email"),),
)  # fmt: skip
KINDS = {kind.name: kind for kind in (ROOMS, SESSIONS, PEOPLE, TEXTS, MARKS)}


@cache
def headings_of(kind: ListName) -> dict[str, str]:
    """Folded heading to field of a kind of list."""
    found: dict[str, str] = {}
    for field in KINDS[kind].fields:
        for word in field.words:
            found.setdefault(" ".join(words_of(fold(word))), field.name)
    return found
