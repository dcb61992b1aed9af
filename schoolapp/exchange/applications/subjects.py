"""Whom a heading is about: the applicant, whoever pays, the account that sent the form, others."""

import re
from enum import IntEnum

from schoolapp.domain.text import fold
from schoolapp.exchange.applications.headings import chinese


def folded(words: str) -> frozenset[str]:
    """The words of a text as headings are compared with them."""
    return frozenset(fold(word) for word in words.split())


class Subject(IntEnum):
    """Whom a column is about; the higher, the likelier it is the applicant."""

    OTHER = 0
    """Somebody else: never taken for the applicant."""
    ACCOUNT = 1
    """What the form tool knows of the account or the machine that sent the form."""
    PAYER = 2
    """Whoever bought, ordered or filled in: the applicant if there is no other."""
    UNSAID = 3
    APPLICANT = 4


# Folded words, each list in the languages of the forms.
_OTHERS = folded(
    "emergency urgence emergencia emergencias nood noodgeval noodcontact notfall notfallkontakt "
    "guardian guardians parent parents tuteur tutrice tutor tutora voogd ouder ouders "
    "padres magulang والدین سرپرست eltern elternteil erziehungsberechtigte erziehungsberechtigter "
    "erziehungsberechtigten vormund responsavel responsaveis encarregado mother father "
    "mum mom dad mere pere madre padre moeder vader mae pai mutter vater nanay tatay والدہ والد "
    "spouse husband wife partner conjoint conjointe epoux esposa esposo conjuge ehepartner "
    "referee reference references referencia referenz referencias referent recommender "
    "recommendation recommended referred roommate roommates mitbewohner zimmergenosse friend "
    "friends ami amie amigo amiga vriend freund freundin kin leader doctor physician gp arzt "
    "hausarzt huisarts medecin medico supervisor employer employeur empleador werkgever "
    "arbeitgeber empregador teacher pastor priest interviewer reviewer invited invitation inviter "
    "companion sibling brother sister emergenza genitore genitori padri madri tutore medico "
    "coniuge marito moglie amico amica compagno compagna referente referenze responsabile "
    "veli anne baba rodzic rodzica rodzicow matki ojca opiekun opiekuna родители родителя мать "
    "отец "
    "опекун экстренный экстренной экстренная الطوارئ طوارئ ولي الوالد الوالدة acil insurance "
    "assurance seguro versicherung verzekering assicurazione medication medicine"
) | folded(chinese.OTHERS)
# Beginnings of words that are written together with others: Notfallkontakt, Hausarztes.
_BEGIN_OTHERS = re.compile(
    r"\b(?:(?:dos|os|aos|pelos|mail) pais\b|pais ou\b|emergenc|urgenc|emergenz|notfall|noodgeval|"
    r"noodcontact|erziehungsberecht|sorgeberecht|"
    r"hausarzt|huisarts|elternteil|zakelijk|recommend|recomiend|empfiehl|empfehl|raccomand|"
    r"aanbeve|beveelt)"
)
_PAYERS = folded(
    "buyer orderer order purchaser billing invoice payer customer client bill acheteur commande "
    "kontaktperson "
    "facturation payeur comprador compradora pedido facturacion factura koper besteller bestelling "
    "factuur kaufer rechnung rechnungs bestellung zahler cliente compra fatura faturacao comprado "
    "registered registrant booker booking submitter submitted contact ansprechpartner "
    "ansprechperson contato contacto contactpersoon acquirente ordinante fatturazione compratore "
    "pagante intestatario zamawiajacy platnik"
)
_BEGIN_PAYERS = re.compile(r"\b(?:rechnung|factu|fattur|faktur|invoic|billing|besteller|kaufer)")
_ACCOUNTS = folded(
    "user username users login account display utilisateur usuario usuaria benutzer benutzername "
    "anzeigename gebruiker gebruikersnaam utilizador conta compte cuenta konto collector "
    "respondent recipient ip browser agent device modified updated changed editor owner assigned "
    "machine operator author autor auteur"
)
APPLICANTS = folded(
    "attendee attendees participant participants applicant applicants camper campers child kid "
    "student delegate traveller traveler guest ticketholder holder participante participantes "
    "deelnemer deelneemster kalahok teilnehmer teilnehmerin teilnehmende teilnehmenden kind "
    "enfant eleve nino nina hijo hija aluno crianca candidat candidate candidato candidata "
    "partecipante partecipanti iscritto iscritta bambino bambina figlio figlia ragazzo ragazza "
    "alunno "
    "uczestnik uczestnika uczestniczki участник участника katilimci مشارک المشارک 参加者 參加者 "
    "学员 报名人 "
    "bewerber bewerberin solicitante asistente inscrito شریک member person personne persona pessoa "
    "teen youth children kids enfants ninos hijos kinder kinderen criancas guests students members "
    "people persons personnes personas pessoas teens mitglied membre miembro membro lid"
)
_ORGANISATIONS = folded(
    "organisation organization organizacion organisatie organizacao organisasyon company employer "
    "organizzazione associazione istituzione ente scuola azienda ditta organizacja "
    "institution institute school universite university universidad escuela ecole schule club "
    "verein verband firma firm association asociacion associacao group groupe grupo gruppe parish "
    "تنظیم"
)
ADDRESSES = folded("address adresse direccion endereco adres anschrift residence")
TOWNS = ADDRESSES - {"residence"} | folded(
    "city town village ville ciudad cidade stadt ort wohnort stad plaats woonplaats place lieu "
    "citta luogo via indirizzo comune provincia 城市 地址 miasto город "
    "lugar local lungsod شہر street strasse rue calle rua straat region province provincia "
    "state"
)
_THINGS = folded(  # that have names of their own
    "ticket event workshop product room file team discount course item hotel bank form project "
    "session class programme package activity price category option field page document pet "
    "veranstaltung kurs zimmer ticketname evento taller producto habitacion curso archivo equipo "
    "evenement atelier produit chambre fichier equipe cours activite zaal kamer bestand "
    "medication medicine insurance assurance bank banque banca banco 学校 job"
)
_OTHERS_IN_WORDS = (
    "personne a contacter", "person to contact", "contact person", "persona de contacto",
    "pessoa de contato", "pessoa de contacto", "next of kin", "persona da contattare",
    "contatto di emergenza", "account holder", "kontoinhaber", "titulaire du compte",
    "titular de la cuenta", "rekeninghouder", "titular da conta", "intestatario del conto",
)  # fmt: skip
_OWN_DETAILS = (  # a block of questions of SurveyMonkey and others, and no other person
    "contact details", "contact information", "contact info", "contact data",
    "datos de contacto", "informacion de contacto", "dados de contacto", "dados de contato",
)  # fmt: skip
PEOPLE = APPLICANTS | _PAYERS | _ACCOUNTS | folded("full complete real legal official passport")
"""Words beside "name" that say whose it is."""
_FORMS = folded(
    "start started form formulaire formulario formular formulier page seed survey interface "
    "communication "
    "comunicacion kommunikation communicatie comunicacao correspondence correspondance "
    " correspondencia newsletter letters letter website site "
    "translation interpretation programme comunicazione corrispondenza interpret interpreter "
    "certificate material materials zertifikat certificat certificado "
    "interpretazione interpretariato traduzione tolk vertaling ubersetzung dolmetsch traduction "
    "interpretacion traduccion interpretacao traducao tagasalin 翻译 口译 翻譯 口譯"
)
_WRITTEN_TO = (
    "write to you", "contact you", "vous ecrire", "t ecrire", "escribirte", "te escrib",
    "dir schreiben", "ihnen schreiben", "je schrijven", "u schrijven", "scriverti", "lhe escrever",
)  # fmt: skip
# What a heading asks about an organisation that is not its name.
_OF_BODY = re.compile(
    r"\b(?:role|position|function|fonction|funktion|functie|cargo|ruolo|poste|puesto|website|web|"
    r"url|"
    r"join|joined|contribute|pay|endors\w*|contact|size|members|since|how long|how many|why|"
    r"describe|"
    r"description|address|adresse|activit\w*|recommend\w*|aval\w*|anschrift|facebook|instagram|"
    r"type of|kind of|number of)\b"
)
# What a heading asks about a journey that is not its day.
_OF_JOURNEY = re.compile(
    r"\b(?:time|times|hour|heure|hora|uhrzeit|zeit|\w*tijd|\w+zeit|orario|ora|airport|aeroport\w*|"
    r"aeropuerto|flughafen|luchthaven|flight|vuelo|vol|flug|city|town|ville|ciudad|stadt|stad|"
    r"cidade|"
    r"citta|place|lieu|lugar|ort|station|bahnhof|gare|terminal|mode|means|transport|number|country|pais|"
    r"pays)\b"
)
_BESIDE = {  # words by which a heading asks something else than the field itself
    "source_id": r"car|vehicle|passport|insurance|tax|flight|train|vehiculo|voiture|kenteken|kfz",
    "visa": r"status|appointment|refus\w*|previous|earlier|number|type|embassy|expir\w*|valid\w*",
    "access": r"internet|wifi|wi fi|laptop|computer|online",
}
_DAYS = re.compile(r"\b(?:date|dates|datum|data|fecha|day|jour|dia|tag|dag|giorno|when|petsa)\b")
_VISITED = re.compile(
    r"\b(?:visit|visited|been to|like to|want to|before|travel from|favou?rite)\b"
)

_TOLD = frozenset({"name", "full_name", "given", "family", "middle", "prefix", "second_family",
                   "native_name"})  # fmt: skip
PERSONAL = _TOLD | {"email", "phone", "born", "birth_place", "country", "nationality", "gender",
                     "languages", "age", "diet", "pronouns"}  # fmt: skip


_OF_HOLDERS = frozenset({"full_name", "given", "family", "middle"})
"""What a ticket does not have itself: "Ticket first name" is that of the person who holds it."""


def subject_of(words: list[str], phrase: list[str], field: str) -> Subject:
    """Whom a heading is about, by its words beside the phrase that gives its meaning."""
    beside = set(words) - set(phrase)
    if field not in PERSONAL:
        return Subject.OTHER if _is_beside_it(words, beside, field) else Subject.UNSAID
    if beside & {"ticket", "tickets"} and field in _OF_HOLDERS:
        return Subject.APPLICANT
    said = " ".join(words)
    in_words = any(one in said for one in _OTHERS_IN_WORDS)
    beside -= {word for one in _OWN_DETAILS if one in said for word in one.split()}
    if in_words or _is_elsewhere(beside, field) or beside & _OTHERS or _BEGIN_OTHERS.search(said):
        return Subject.OTHER
    if field == "languages" and any(one in said for one in _WRITTEN_TO):
        return Subject.OTHER
    if field == "country" and _VISITED.search(said):
        return Subject.OTHER
    if beside & _ACCOUNTS:
        return Subject.ACCOUNT
    if _BEGIN_PAYERS.search(said):
        return Subject.PAYER
    if beside & _PAYERS:
        return _of_contact(beside, field)
    return Subject.APPLICANT if beside & APPLICANTS else Subject.UNSAID


def _is_beside_it(words: list[str], beside: set[str], field: str) -> bool:
    """Whether a heading asks something about the organisation, the delegation or the journey."""
    said = " ".join(words)
    if field == "organisation":
        return bool(_OF_BODY.search(said))
    if field in ("arrival", "departure"):
        return bool(_OF_JOURNEY.search(said)) and not _DAYS.search(said)
    if field in _BESIDE:
        return re.search(rf"\b(?:{_BESIDE[field]})\b", said) is not None
    return field == "delegation" and bool(beside & {"leader"})


def _is_elsewhere(beside: set[str], field: str) -> bool:
    """Whether a heading is about a body, a town or the form, and not a person's own value."""
    if field in ("country", "nationality"):
        return bool(beside & (_ORGANISATIONS | TOWNS))
    if field == "languages":
        return bool(beside & _FORMS)
    if field in _TOLD and beside & _THINGS:
        return True
    return field in ("email", "phone", *_TOLD) and bool(beside & _ORGANISATIONS)


def _of_contact(beside: set[str], field: str) -> Subject:
    """A contact's name is somebody else's; an address for contact is one's own."""
    if beside & _PAYERS != {"contact"}:
        return Subject.PAYER
    return Subject.OTHER if field in _TOLD else Subject.UNSAID
