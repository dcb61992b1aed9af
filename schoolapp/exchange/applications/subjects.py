"""Whom a heading is about: the applicant, whoever pays, the account that sent the form, others."""

from enum import IntEnum

from schoolapp.domain.text import fold


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
    "erziehungsberechtigten vormund responsavel responsaveis pais encarregado mother father "
    "mum mom dad mere pere madre padre moeder vader mae pai mutter vater nanay tatay والدہ والد "
    "spouse husband wife partner conjoint conjointe epoux esposa esposo conjuge ehepartner "
    "referee reference references referencia referenz referencias referent recommender "
    "recommendation recommended referred roommate roommates mitbewohner zimmergenosse friend "
    "friends ami amie amigo amiga vriend freund freundin kin leader doctor physician gp arzt "
    "hausarzt huisarts medecin medico supervisor employer employeur empleador werkgever "
    "arbeitgeber empregador teacher pastor priest interviewer reviewer invited invitation inviter "
    "companion sibling brother sister"
)
_PAYERS = folded(
    "buyer orderer order purchaser billing invoice payer customer client bill acheteur commande "
    "kontaktperson "
    "facturation payeur comprador compradora pedido facturacion factura koper besteller bestelling "
    "factuur kaufer rechnung rechnungs bestellung zahler cliente compra fatura faturacao comprado "
    "registered registrant booker booking submitter submitted contact ansprechpartner "
    "ansprechperson contato contacto contactpersoon"
)
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
    "bewerber bewerberin solicitante asistente inscrito شریک member person personne persona pessoa "
    "teen youth children kids enfants ninos hijos kinder kinderen criancas guests students members "
    "people persons personnes personas pessoas teens mitglied membre miembro membro lid"
)
_ORGANISATIONS = folded(
    "organisation organization organizacion organisatie organizacao organisasyon company employer "
    "institution institute school universite university universidad escuela ecole schule club "
    "verein verband firma firm association asociacion associacao group groupe grupo gruppe parish "
    "تنظیم"
)
ADDRESSES = folded("address adresse direccion endereco adres anschrift residence")
TOWNS = ADDRESSES - {"residence"} | folded(
    "city town village ville ciudad cidade stadt ort wohnort stad plaats woonplaats place lieu "
    "lugar local lungsod شہر street strasse rue calle rua straat region province provincia "
    "state"
)
_THINGS = folded(  # that have names of their own
    "ticket event workshop product room file team discount course item hotel bank form project "
    "session class programme package activity price category option field page document pet "
    "veranstaltung kurs zimmer ticketname evento taller producto habitacion curso archivo equipo "
    "evenement atelier produit chambre fichier equipe cours activite zaal kamer bestand"
)
_OTHERS_IN_WORDS = (
    "personne a contacter", "person to contact", "contact person", "persona de contacto",
    "pessoa de contato", "pessoa de contacto", "next of kin",
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
    "translation interpretation programme"
)

_TOLD = frozenset({"name", "full_name", "given", "family", "middle", "prefix", "second_family",
                   "native_name"})  # fmt: skip
_PERSONAL = _TOLD | {"email", "phone", "born", "birth_place", "country", "nationality", "gender",
                     "languages", "age", "diet", "pronouns"}  # fmt: skip


_OF_HOLDERS = frozenset({"full_name", "given", "family", "middle"})
"""What a ticket does not have itself: "Ticket first name" is that of the person who holds it."""


def subject_of(words: list[str], phrase: list[str], field: str) -> Subject:
    """Whom a heading is about, by its words beside the phrase that gives its meaning."""
    beside = set(words) - set(phrase)
    if field not in _PERSONAL:
        return Subject.OTHER if field == "delegation" and beside & {"leader"} else Subject.UNSAID
    if beside & {"ticket", "tickets"} and field in _OF_HOLDERS:
        return Subject.APPLICANT
    said = " ".join(words)
    in_words = any(one in said for one in _OTHERS_IN_WORDS)
    beside -= {word for one in _OWN_DETAILS if one in said for word in one.split()}
    if in_words or _is_elsewhere(beside, field) or beside & _OTHERS:
        return Subject.OTHER
    if beside & _ACCOUNTS:
        return Subject.ACCOUNT
    if beside & _PAYERS:
        return _of_contact(beside, field)
    return Subject.APPLICANT if beside & APPLICANTS else Subject.UNSAID


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
