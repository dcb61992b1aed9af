"""The headings by which forms in English, French, Spanish, Dutch, Filipino and Urdu are known."""

# "name" is decided by its neighbours: whole, given or family name.
PHRASES: dict[str, tuple[str, ...]] = {
    "source_id": (
        "id", "response id", "submission id", "serial", "entry id", "sid", "id de la réponse",
        "numéro de série", "número de serie", "volgnummer",
        "numéro", "no", "nr", "número", "nummer", "bilang", "نمبر شمار",
    ),
    "submitted_at": (
        "submitdate", "timestamp", "submitted", "submitted at", "date submitted",
        "completion time", "submitted time", "submission date", "submitted on", "created",
        "enviado", "fecha de registro", "date d'envoi", "envoyé le", "datum", "وقت",
        "ارسال کی تاریخ", "horodateur", "date de soumission", "soumis le",
        "marca temporal", "fecha de envío", "tijdstempel", "datum ingestuurd", "ingezonden",
        "petsa ng pagsumite", "ٹائم اسٹیمپ", "تاریخ جمع",
        "completed", "completed at", "créé le", "creado el", "aangemaakt op", "submission time",
    ),
    "name": (
        "name", "names", "your name", "nom", "votre nom", "nombre", "nombres", "su nombre",
        "naam", "uw naam", "je naam", "pangalan", "نام", "آپ کا نام",
    ),
    "full_name": (
        "full name", "fullname", "complete name", "name and surname", "nom complet",
        "nom et prénom", "prénom et nom", "nom prénom", "nombre completo", "nombre y apellidos",
        "nombre y apellido", "volledige naam", "voor- en achternaam", "buong pangalan",
        "kumpletong pangalan", "پورا نام", "مکمل نام",
        "prénom nom", "naam en voornaam", "participant", "participante", "deelnemer", "kalahok",
        "pangalan at apelyido", "نام اور خاندانی نام",
    ),
    "given": (
        "first name", "firstname", "given name", "given names", "forename", "prénom", "prénoms",
        "nombre de pila", "primer nombre", "voornaam", "voornamen", "unang pangalan", "پہلا نام",
        "nombre s", "roepnaam", "ibinigay na pangalan", "pangalan una", "نام پہلا",
        "voornaam voornamen",
    ),
    "family": (
        "surname", "surnames", "family name", "last name", "lastname", "nom de famille",
        "apellido", "apellidos", "achternaam", "familienaam", "apelyido", "خاندانی نام",
        "آخری نام", "first surname", "primer apellido",
    ),
    "prefix": (
        "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "name prefix", "particle", "particule",
    ),
    "middle": (
        "middle name", "middle names", "second name", "deuxième prénom", "autres prénoms",
        "segundo nombre", "tweede voornaam", "gitnang pangalan", "درمیانی نام",
    ),
    "second_family": (
        "second surname", "second last name", "deuxième nom de famille", "segundo apellido",
        "tweede achternaam", "ikalawang apelyido",
    ),
    "draft": ("draft", "in draft", "is draft", "brouillon", "borrador", "concept"),
    "native_name": (
        "native name", "nativename", "name in your own script", "name in native script",
        "name in own script", "nom en écriture d'origine", "nom dans votre écriture",
        "nombre en escritura original", "nombre en su escritura", "naam in eigen schrift",
        "name in original script", "name in original alphabet", "name in your alphabet",
        "nom dans ton alphabet", "nom dans votre alphabet", "nom en alphabet d'origine",
        "alphabet", "script", "écriture", "escritura", "schrift", "alfabeto", "sariling sulat",
        "رسم الخط",
        "pangalan sa sariling sulat", "مقامی نام", "اپنے رسم الخط میں نام",
        "name in your own language", "nom dans votre langue", "nombre en tu idioma",
        "naam in eigen taal", "نام اپنی زبان میں", "pangalan sa sariling wika",
        "name in your own language script",
    ),
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "adresse e mail",
        "adresse mail", "adresse électronique", "courriel", "correo electrónico", "correo",
        "dirección de correo", "e mailadres", "emailadres", "mailadres", "ای میل", "ای میل پتہ",
        "برقی پتہ",
        "mél", "برقی ڈاک", "elektronikong sulat", "correo e",
    ),
    "born": (
        "dob", "d o b", "fecha nac", "f nac", "fec nac", "fecha de nac", "date de naiss",
        "ddn", "geb datum", "born", "born on", "date of birth", "birth date", "birthdate",
        "birthday", "naissance", "date de naissance", "né e le", "fecha de nacimiento",
        "nacimiento", "geboortedatum", "geboren", "geboren op", "petsa ng kapanganakan",
        "kapanganakan", "kaarawan", "تاریخ پیدائش", "پیدائش",
        "né le", "née le", "naciste", "nacido el", "ipinanganak", "petsa ng pagsilang",
        "کب پیدا ہوئے", "geb",
    ),
    "country": (
        "country", "country of residence", "residence", "pays", "pays de résidence", "país",
        "país de residencia", "land", "woonland", "land van verblijf", "bansa", "ملک",
        "رہائشی ملک",
        "bansang tinitirhan", "paese", "paese di residenza", "wohnland", "pays où vous vivez",
        "país donde vives",
    ),
    "nationality": (
        "nationality", "citizenship", "passport country", "country of passport",
        "country of citizenship", "country of nationality", "nationalité", "citoyenneté",
        "pays de nationalité", "pays du passeport", "nacionalidad", "ciudadanía",
        "país de nacionalidad", "país del pasaporte", "nationaliteit", "staatsburgerschap",
        "land van paspoort", "nasyonalidad", "pagkamamamayan", "قومیت", "شہریت",
    ),
    "birth_place": (  # says nothing of residence or nationality
        "country of birth", "birth country", "pays de naissance", "país de nacimiento",
        "geboorteland", "bansang sinilangan", "پیدائش کا ملک",
    ),
    "first_time": (
        "first time", "first participation", "first time here", "première fois",
        "première participation", "primera vez", "primera participación", "eerste keer",
        "eerste deelname", "unang beses", "unang pagkakataon", "پہلی بار", "پہلی مرتبہ",
    ),
    "languages": (
        "languages", "language", "lang", "langs", "languages spoken", "spoken languages",
        "langues", "langue", "langues parlées", "wikang", "mga wikang", "lengua",
        "tongue", "tongues", "idiomas", "idioma", "lenguas", "talen", "taal",
        "mga wika", "wika", "زبانیں", "زبان",
    ),
    "gender": (
        "gender", "sex", "genre", "sexe", "género", "sexo", "geslacht", "kasarian", "جنس", "صنف",
        "i identify as", "gender identity", "identité de genre", "identidad de género",
    ),
    "pronouns": (
        "pronouns", "your pronouns", "preferred pronouns", "pronoms", "pronombres",
        "voornaamwoorden", "mga panghalip", "panghalip", "ضمیر",
    ),
    "phone": (
        "phone", "phone number", "telephone", "tel", "mobile", "mobile number", "whatsapp",
        "cell phone", "téléphone", "portable", "numéro de téléphone", "teléfono", "móvil",
        "celular", "telefoon", "telefoonnummer", "gsm", "telepono", "numero ng telepono", "فون",
        "فون نمبر", "موبائل",
        "cellphone", "cell", "cp", "tfno", "telefoonnr", "mobiel", "mobiel nummer",
        "mobiele nummer", "numero ng cellphone", "contact number", "contact no", "gsm nummer",
        "n de téléphone", "tél", "celular whatsapp",
    ),
    "delegation": (
        "delegation", "délégation", "delegación", "delegatie", "delegasyon", "وفد",
    ),
    "organisation": (
        "org", "organisation", "organization", "organización", "organisatie", "organisasyon",
        "name of organisation", "nom de l'organisation", "تنظیم",
        "collectif", "colectivo", "samahan",
    ),
    "motivation": (
        "motivation", "motiv", "why", "why do you want to take part", "pourquoi", "motivación",
        "por qué", "motivatie", "waarom", "bakit", "motibasyon", "dahilan", "کیوں", "وجہ",
    ),
    "modules": (
        "modules", "module", "módulos", "módulo", "mga modyul", "modyul", "ماڈیول",
    ),
    "travel": (
        "travel", "travel costs", "travel cost", "cost of travel", "travel support",
        "frais de voyage", "coût du voyage", "voyage", "gastos de viaje", "costo del viaje",
        "viaje", "reiskosten", "gastos sa biyahe", "pamasahe", "سفری اخراجات", "سفر خرچ",
        "frais de transport", "frais de déplacement", "costo del pasaje", "gastos de transporte",
        "vervoerskosten", "gastos sa paglalakbay", "سفر کا خرچ", "travel expenses",
    ),
    "contribution": (
        "contrib", "contribution", "own contribution", "aportación", "aporte", "eigen bijdrage",
        "ambag", "حصہ",
    ),
    "fee": (
        "fee", "participation fee", "fee eur", "frais de participation", "cuota",
        "cuota de participación", "deelnamebijdrage", "bayad", "فیس",
        "cotisation", "bijdrage", "contribución cuota", "tarif", "tarifa", "registration fee",
        "participatiebijdrage",
    ),
    "paid": (
        "paid", "payé", "pagado", "betaald", "nabayaran", "bayad na", "ادا شدہ",
    ),
    "diet": (
        "diet", "food", "dietary needs", "régime", "régime alimentaire", "dieta", "alimentación",
        "dieet", "dieetwensen", "pagkain", "diyeta", "خوراک",
        "dietary requirements", "dietary", "alimentation", "restricciones alimentarias",
        "voeding", "غذا",
    ),
    "access": (
        "access", "access needs", "accessibility", "needs", "besoins", "accessibilité",
        "necesidades", "accesibilidad", "toegankelijkheid", "behoeften", "pangangailangan",
        "ضروریات",
    ),
    "parental_consent": (
        "parental consent", "consent of parents", "parents consent", "autorisation parentale",
        "consentement parental", "autorización parental", "consentimiento parental",
        "consentimiento de los padres", "ouderlijke toestemming", "toestemming ouders",
        "pahintulot ng magulang", "والدین کی اجازت",
    ),
    "privacy": (
        "gdpr", "rgpd", "avg", "privacy", "data protection", "protection des données",
    ),
    "visa": (
        "visa", "visum", "visado", "need a visa", "visa nécessaire", "necesita visa", "ویزا",
    ),
    "subsidy": (
        "subsidy", "solidarity", "solidarity fund", "scholarship", "subvention", "bourse",
        "caisse de solidarité", "subvención", "beca", "subsidie", "subsidyo", "امداد",
        "aide financière", "ayuda económica", "ayuda financiera", "financiële steun",
        "tulong pinansyal", "tulong pinansiyal", "مالی مدد", "financial support",
        "financial help", "financial aid", "financial assistance", "beurs",
    ),
    "arrival": (
        "arrival", "arrival date", "arrivée", "date d'arrivée", "llegada", "fecha de llegada",
        "aankomst", "aankomstdatum", "pagdating", "آمد",
        "arrives on", "arrives", "aankomst op", "dumating",
    ),
    "departure": (
        "departure", "departure date", "départ", "date de départ", "salida", "fecha de salida",
        "vertrek", "vertrekdatum", "pag-alis", "روانگی",
        "leaves on", "leaves", "vertrek op", "aalis",
    ),
}  # fmt: skip

# A heading with one of these words is about somebody or something else.
ELSEWHERE = (
    "emergency", "urgence", "emergencia", "nood", "noodgeval", "guardian", "parent", "parents",
    "tuteur", "tutor", "voogd", "ouder", "ouders", "mother", "father", "referee", "reference",
    "lieu", "lugar", "plaats", "place", "ville", "ciudad", "city",
    "leader", "start", "roommate", "friend", "last", "page", "seed", "ip", "contact",
)  # fmt: skip

# Folded words: a heading with one word of each group is about what parents allow.
CONSENT = frozenset({
    "consent", "permission", "authorisation", "authorization", "autorisation", "accord",
    "consentement", "autorizacion", "permiso", "consentimiento", "toestemming", "akkoord",
    "pahintulot", "اجازت", "رضامندی",
})  # fmt: skip
PARENTS = frozenset({
    "parent", "parents", "parental", "parentale", "guardian", "guardians", "tuteur", "tutrice",
    "padres", "madre", "padre", "tutor", "tutores", "ouder", "ouders", "ouderlijke", "voogd",
    "magulang", "tagapangalaga", "والدین", "سرپرست",
})  # fmt: skip
