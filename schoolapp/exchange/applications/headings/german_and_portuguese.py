"""The headings by which forms in German and Portuguese are known, in Portugal and in Brazil."""

GERMAN: dict[str, tuple[str, ...]] = {
    "source_id": (
        "nummer", "lfd nr", "laufende nummer", "anmeldenummer", "antwort id",
        "laufnummer", "teilnehmernummer", "bewerbungsnummer", "bestellnummer",
    ),
    "submitted_at": (
        "zeitstempel", "eingegangen am", "gesendet am", "abgeschickt am", "anmeldedatum",
        "datum der anmeldung", "eingangsdatum", "datum abgeschickt", "abgesendet",
        "übermittelt am", "eingereicht am", "erstellt am", "bestelldatum", "fertigstellungszeit",
        "abschlusszeit", "abgegeben am", "datum der bewerbung", "erfasst am",
    ),
    "name": ("ihr name", "dein name", "namen", "wie heißt du", "wie heißen sie"),
    "full_name": (
        "vollständiger name", "ganzer name", "vor und nachname", "vor und zuname", "voller name",
        "name und vorname", "vorname und nachname", "vorname und name", "vorname nachname",
        "nachname vorname", "name vorname", "vorname name", "nachname und vorname", "teilnehmer",
        "teilnehmerin", "teilnehmende", "teilnehmende person", "teilnehmer in", "kind",
        "teilnehmername", "name der teilnehmerin", "name des teilnehmers", "name des kindes",
    ),
    "given": ("vorname", "vornamen", "rufname", "vorname n"),
    "family": (
        "nachname", "familienname", "zuname", "nachnamen",
        "hausname", "geburtsname",
    ),
    "middle": ("zweiter vorname", "weitere vornamen"),
    "native_name": (
        "name in eigener schrift", "name in originalschrift", "name in ihrer schrift",
        "name in deiner schrift",
    ),
    "email": (
        "e mail adresse", "emailadresse", "mailadresse", "e mailadresse", "haupt e mail",
        "elektronische post", "email adresse", "mail adresse",
        "elektronische adresse",
    ),
    "born": (
        "geburtsdatum", "geburtstag", "geb", "geboren am", "tag der geburt", "geb am",
        "wann bist du geboren", "wann sind sie geboren",
    ),
    "age": (
        "alter in jahren", "wie alt bist du", "wie alt sind sie",
        "alter des kindes", "alter jahre",
    ),
    "country": (
        "wohnland", "staat", "wohnsitzland", "land des wohnsitzes", "herkunftsland",
        "in welchem land",
        "land in dem du lebst", "land in dem sie leben", "aufenthaltsland", "heimatland",
        "woher kommst du", "woher kommen sie", "aus welchem land kommst du",
        "aus welchem land kommen sie", "aus welchem land",
    ),
    "nationality": ("staatsangehörigkeit", "nationalität", "staatsbürgerschaft", "passland"),
    "birth_place": ("geburtsort", "geburtsland", "ort der geburt"),
    "first_time": (
        "erstes mal", "zum ersten mal", "das erste mal", "erste teilnahme", "erstmals dabei",
        "bist du zum ersten mal dabei",
    ),
    "languages": (
        "sprachen", "sprache", "muttersprache", "muttersprachen", "weitere sprachen",
        "andere sprachen", "gesprochene sprachen", "sprachkenntnisse", "fremdsprachen",
        "erstsprache", "welche sprachen sprechen sie", "welche sprachen sprichst du",
    ),
    "gender": ("geschlecht", "anrede", "geschlechtsidentität", "m w", "w m", "m w d", "w m d"),
    "pronouns": ("pronomen", "deine pronomen", "ihre pronomen"),
    "phone": (
        "telefon", "telefonnummer", "handy", "handynummer", "mobil", "mobiltelefon",
        "mobilnummer", "rufnummer", "telefon mobil", "tel nr", "handy nr", "telefon privat",
        "kontaktnummer", "telefonnr", "mobilfunknummer",
    ),
    "delegation": ("delegation", "länderdelegation"),
    "organisation": (
        "organisation", "verein", "verband", "institution", "einrichtung", "organisation verein",
        "name der organisation", "firma", "firmenname",
        "arbeitgeber", "arbeitsplatz", "entsendeorganisation", "gewerkschaft", "gruppe",
    ),
    "motivation": (
        "motivation", "warum", "warum möchtest du teilnehmen", "warum möchten sie teilnehmen",
        "motivationsschreiben", "beweggründe",
        "begründung",
    ),
    "modules": (
        "module", "modul", "kurse", "kurs",
        "wochen", "welche wochen",
    ),
    "travel": (
        "reisekosten", "fahrtkosten", "fahrkosten", "reisekostenzuschuss", "kosten der reise",
    ),
    "contribution": (
        "eigenbeitrag", "eigenanteil", "eigener beitrag", "beitragen",
        "wie viel kannst du beitragen",
        "wie viel können sie beitragen", "dein beitrag", "ihr beitrag",
        "selbstbeteiligung", "eigenleistung", "beitrag in eur",
    ),
    "fee": ("teilnahmegebühr", "teilnahmebeitrag", "gebühr", "beitrag", "teilnehmerbeitrag"),
    "paid": ("bezahlt", "gezahlt"),
    "diet": (
        "ernährung", "essen", "ernährungsweise", "essgewohnheiten", "verpflegung",
        "unverträglichkeiten",
        "lebensmittelunverträglichkeiten", "essenswünsche", "ernährungsbesonderheiten",
        "ernährungsform", "essensvorlieben", "allergien", "diät", "allergie",
    ),
    "access": (
        "barrierefreiheit", "besondere bedürfnisse", "bedürfnisse", "unterstützungsbedarf",
        "assistenzbedarf", "barrieren",
        "was brauchst du um gut teilnehmen zu können", "behinderung", "beeinträchtigung",
    ),
    "parental_consent": (
        "einverständnis der eltern", "einverständniserklärung der eltern", "elternerlaubnis",
        "einwilligung der eltern", "einverständnis der erziehungsberechtigten",
    ),
    "privacy": (
        "datenschutz", "dsgvo", "datenschutzerklärung", "einwilligung datenschutz",
        "datenschutz akzeptiert",
        "einwilligung",
    ),
    "visa": (
        "visum", "visum nötig", "visum benötigt", "brauchst du ein visum", "brauchen sie ein visum",
        "benötigen sie ein visum", "visum erforderlich",
    ),
    "subsidy": (
        "zuschuss", "stipendium", "finanzielle unterstützung", "förderung", "ermäßigung",
        "solidaritätsfonds", "unterstützung", "beihilfe",
    ),
    "arrival": ("anreise", "ankunft", "anreisedatum", "ankunftsdatum", "anreisetag", "von"),
    "departure": ("abreise", "abfahrt", "abreisedatum", "abreisetag", "bis"),
    "draft": ("entwurf",),
}  # fmt: skip

PORTUGUESE: dict[str, tuple[str, ...]] = {
    "source_id": (
        "número da inscrição", "número de inscrição",
        "identificador da resposta",
    ),
    "submitted_at": (
        "carimbo de data hora", "data de inscrição", "data da inscrição", "data de envio",
        "data do envio", "enviado em", "data hora",
        "hora de conclusão", "data da encomenda", "data do pedido", "data do registo",
        "data da submissão", "data da candidatura",
    ),
    "name": (
        "nome", "o seu nome", "seu nome", "teu nome", "nomes", "como se chama", "como te chamas",
    ),
    "full_name": (
        "nome completo", "nome e apelido", "nome e sobrenome", "nome e apelidos", "nome sobrenome",
        "participante", "nome completo do participante",
    ),
    "given": ("primeiro nome", "nome próprio", "nomes próprios", "prenome"),
    "family": (
        "apelido", "apelidos", "sobrenome", "sobrenomes", "último nome", "nome de família",
        "último sobrenome",
    ),
    "middle": ("nome do meio", "segundo nome"),
    "native_name": ("nome na sua escrita", "nome em escrita original", "nome no alfabeto original"),
    "email": (
        "correio eletrónico", "correio eletrônico", "endereço de e mail", "endereço de email",
        "endereço eletrónico", "endereço eletrônico", "seu e mail",
        "correio electrónico",
    ),
    "born": (
        "data de nascimento", "nascimento", "data nascimento", "nascido em", "nascida em",
        "data de nasc", "aniversário",
        "nascido a em", "nascida o em", "data nasc",
    ),
    "age": ("idade em anos", "qual é a sua idade", "quantos anos tem", "quantos anos você tem"),
    "country": (
        "país", "país de residência", "país onde vive", "país em que vive", "país onde mora",
        "país de morada", "onde vive", "residência",
        "de onde você é", "de onde é",
    ),
    "nationality": (
        "nacionalidade", "cidadania", "país do passaporte",
        "país de nacionalidade", "país emissor do passaporte",
    ),
    "birth_place": ("naturalidade", "local de nascimento", "país de nascimento"),
    "first_time": (
        "primeira vez", "primeira participação", "é a primeira vez", "é a sua primeira vez",
    ),
    "languages": (
        "línguas", "língua", "idiomas", "língua materna", "línguas faladas", "outras línguas",
        "outros idiomas", "idiomas falados", "que línguas fala", "quais idiomas você fala",
        "idioma materno",
    ),
    "gender": ("género", "gênero", "sexo", "identidade de género", "identidade de gênero"),
    "pronouns": ("pronomes", "seus pronomes"),
    "phone": (
        "telefone", "telemóvel", "celular", "número de telefone", "contacto telefónico",
        "número de telemóvel", "número de celular", "contato telefônico", "whatsapp celular",
        "contacto", "nº de telefone", "n o de telefone", "contato",
    ),
    "delegation": ("delegação",),
    "organisation": (
        "organização", "associação", "instituição", "nome da organização", "entidade", "coletivo",
        "local de trabalho", "sindicato", "empregador", "movimento",
    ),
    "motivation": (
        "motivação", "porquê", "por quê", "por que quer participar", "porque quer participar",
        "carta de motivação", "por que deseja participar",
        "motivos", "motivo",
    ),
    "modules": (
        "módulos", "módulo", "cursos",
        "semanas",
    ),
    "travel": (
        "custos de viagem", "despesas de viagem", "custo da viagem", "viagem", "passagem",
        "custo da passagem",
    ),
    "contribution": (
        "contribuição", "contribuição própria", "contribuir", "quanto pode contribuir",
        "com quanto contribui",
        "comparticipação",
    ),
    "fee": ("taxa", "taxa de inscrição", "taxa de participação", "propina"),
    "paid": ("pago",),
    "diet": (
        "alimentação", "dieta", "restrições alimentares", "necessidades alimentares",
        "regime alimentar", "alergias alimentares",
        "refeições", "alergias", "intolerâncias",
    ),
    "access": (
        "acessibilidade", "necessidades especiais", "necessidades de acessibilidade",
        "necessidades", "apoios necessários",
        "deficiência", "mobilidade reduzida", "tem alguma necessidade especial",
    ),
    "parental_consent": (
        "autorização dos pais", "consentimento dos pais", "autorização parental",
        "autorização do responsável", "consentimento do responsável",
    ),
    "privacy": (
        "proteção de dados", "política de privacidade", "lgpd", "privacidade", "consentimento rgpd",
        "consentimento",
    ),
    "visa": (
        "visto", "precisa de visto", "necessita de visto", "precisa de um visto",
        "necessidade de visto",
    ),
    "subsidy": (
        "bolsa", "subsídio", "apoio financeiro", "ajuda financeira", "ajuda de custo",
        "fundo de solidariedade", "auxílio financeiro",
    ),
    "arrival": ("chegada", "data de chegada", "chega em"),
    "departure": ("partida", "data de partida", "saída", "data de saída"),
    "draft": ("rascunho",),
}  # fmt: skip
