"""The headings by which forms in Italian are known."""

ITALIAN: dict[str, tuple[str, ...]] = {
    "source_id": ("n", "numero di iscrizione", "id risposta", "numero domanda", "codice"),
    "submitted_at": (
        "informazioni cronologiche", "data di iscrizione", "data iscrizione", "data di invio",
        "data invio", "inviato il", "data della domanda", "ricevuto il", "data di registrazione",
        "ora di completamento", "completato", "data ordine", "data dell'ordine",
    ),
    "name": ("nome", "il tuo nome", "il suo nome", "nomi", "come ti chiami", "come si chiama"),
    "full_name": (
        "nome e cognome", "cognome e nome", "nome cognome", "cognome nome", "nominativo",
        "partecipante", "nome completo", "nome e cognome del partecipante",
        "nome del partecipante", "nome della partecipante", "nome per esteso",
    ),
    "given": ("nome di battesimo", "primo nome", "nome proprio"),
    "family": (
        "cognome", "cognomi", "nome di famiglia",
        "cognome del partecipante", "cognome della partecipante",
    ),
    "middle": ("secondo nome",),
    "native_name": (
        "nome nella tua scrittura", "nome in alfabeto originale", "nome nella lingua originale",
        "nome in scrittura originale", "nome nel tuo alfabeto",
    ),
    "email": (
        "posta elettronica", "indirizzo email", "indirizzo e mail", "indirizzo mail",
        "indirizzo di posta elettronica", "indirizzo posta elettronica", "la tua email",
    ),
    "born": (
        "data di nascita", "data nascita", "nascita", "nato a il", "nata o il", "nato il",
        "nata il", "quando sei nato a", "anno di nascita", "compleanno", "data di nasc",
    ),
    "age": (
        "età", "quanti anni hai", "la tua età", "età in anni", "quanti anni ha",
        "età del partecipante",
    ),
    "country": (
        "paese", "paese di residenza", "nazione", "stato", "stato di residenza", "residenza",
        "nazione di residenza", "paese di provenienza", "in quale paese vivi", "paese in cui vivi",
        "paese di origine", "paese d'origine", "da dove vieni", "dove vivi", "provenienza",
        "paese di domicilio",
    ),
    "nationality": (
        "nazionalità", "cittadinanza", "paese del passaporto", "cittadinanza e",
        "paese di cittadinanza",
    ),
    "birth_place": ("luogo di nascita", "paese di nascita", "città di nascita", "stato di nascita"),
    "first_time": ("prima volta", "prima partecipazione", "è la tua prima volta"),
    "languages": (
        "lingue", "lingua", "lingue parlate", "lingua madre", "madrelingua", "lingue conosciute",
        "altre lingue", "lingua e", "lingue che parli", "quali lingue parli", "che lingue parli",
        "conoscenze linguistiche", "competenze linguistiche", "conoscenza delle lingue",
    ),
    "gender": ("genere", "sesso", "identità di genere"),
    "pronouns": ("pronomi", "pronome", "i tuoi pronomi", "quali pronomi usi"),
    "phone": (
        "telefono", "cellulare", "numero di telefono", "numero di cellulare", "numero telefonico",
        "recapito", "recapito telefonico", "contatto telefonico", "telefono cellulare",
        "numero tel",
        "n telefono", "n di telefono", "n cellulare", "cell",
    ),
    "delegation": ("delegazione", "nome della delegazione"),
    "organisation": (
        "organizzazione", "nome dell'organizzazione", "associazione", "ente", "istituzione",
        "collettivo", "organizzazione di appartenenza", "associazione di appartenenza",
        "ente di appartenenza", "gruppo o organizzazione", "di quale organizzazione fai parte",
        "sindacato", "luogo di lavoro", "datore di lavoro", "azienda",
    ),
    "motivation": (
        "motivazione", "motivazioni", "perché", "lettera motivazionale", "lettera di motivazione",
        "perché vuoi partecipare",
    ),
    "modules": ("moduli", "modulo", "settimane", "quali moduli", "corsi"),
    "travel": (
        "spese di viaggio", "costi di viaggio", "costo del viaggio", "costo viaggio",
        "spese viaggio",
        "spese di trasporto", "viaggio",
    ),
    "contribution": (
        "contributo", "contributo personale", "il tuo contributo", "contributo economico",
        "quanto puoi contribuire", "quanto puoi pagare", "quota che puoi pagare",
    ),
    "fee": ("quota di partecipazione", "quota", "quota di iscrizione", "tariffa"),
    "paid": ("pagato",),
    "diet": (
        "dieta", "alimentazione", "allergie", "intolleranze", "regime alimentare", "pasti", "cibo",
        "esigenze alimentari", "restrizioni alimentari", "allergie alimentari",
        "allergia", "intolleranza",
    ),
    "access": (
        "accessibilità", "esigenze particolari", "bisogni speciali", "disabilità",
        "esigenze di accessibilità", "necessità particolari", "bisogni specifici",
    ),
    "parental_consent": (
        "consenso dei genitori", "autorizzazione dei genitori", "autorizzazione genitoriale",
        "consenso genitoriale", "consenso del genitore", "permesso dei genitori",
    ),
    "privacy": (
        "consenso", "informativa sulla privacy", "consenso privacy", "protezione dei dati",
        "trattamento dei dati", "consenso al trattamento dei dati", "trattamento dati personali",
    ),
    "visa": (
        "visto", "visto necessario", "necessità di visto", "hai bisogno del visto",
        "hai bisogno di un visto", "serve il visto",
    ),
    "subsidy": (
        "sussidio", "borsa di studio", "sostegno economico", "fondo di solidarietà",
        "aiuto economico", "sostegno finanziario", "supporto economico", "borsa",
        "contributo economico richiesto", "richiedi una borsa",
    ),
    "arrival": ("arrivo", "data di arrivo", "data arrivo", "giorno di arrivo", "arriva il"),
    "departure": ("partenza", "data di partenza", "data partenza", "giorno di partenza"),
    "draft": ("bozza",),
}  # fmt: skip
