"""The words for people and things from a country, in six languages: Filipina, Russische.

Words that mean several countries (Congolese, Guinean, Korean, Dominican) are left out on purpose:
they are a doubt.
"""

from functools import cache

from schoolapp.domain.text import fold

_WORDS = {
    "AR": "Argentinian Argentinean Argentine argentin argentino argentina Argentijnse Argentijns",
    "AU": "Australian australien australienne australiano Australische",
    "AT": "Austrian autrichien autrichienne austríaco austríaca Oostenrijkse",
    "BD": "Bangladeshi bangladais bangladaise bangladesí Bengalese بنگلہ_دیشی",
    "BE": "Belgian belge belga Belgische Belg",
    "BO": "Bolivian bolivien bolivienne boliviano boliviana Boliviaanse",
    "BR": "Brazilian brésilien brésilienne brasileño brasileña brasileiro brasileira Braziliaanse",
    "CA": "Canadian canadien canadienne canadiense Canadese",
    "CH": "Swiss suisse suizo suiza Zwitserse Zwitser",
    "CL": "Chilean chilien chilienne chileno chilena Chileense",
    "CN": "Chinese chinois chinoise chino china Tsino چینی",
    "CO": "Colombian colombien colombienne colombiano colombiana Colombiaanse",
    "CU": "Cuban cubain cubaine cubano cubana Cubaanse",
    "CZ": "Czech tchèque checo checa Tsjechische",
    "DE": "German allemand allemande alemán alemana Duitse Duitser Aleman جرمن",
    "DK": "Danish danois danoise danés danesa Deense Dansk",
    "DZ": "Algerian algérien algérienne argelino argelina Algerijnse",
    "EC": "Ecuadorian équatorien équatorienne ecuatoriano ecuatoriana Ecuadoraanse",
    "EG": "Egyptian égyptien égyptienne egipcio egipcia Egyptische مصری",
    "ES": "Spanish espagnol espagnole español española Spaanse Espanyol ہسپانوی",
    "FI": "Finnish finlandais finlandaise finlandés finlandesa Finse",
    "FR": "French français française francés francesa Franse Fransman Pranses فرانسیسی",
    "GB": "British britannique británico británica Britse Brit برطانوی",
    "GR": "Greek grec grecque griego griega Griekse Griek یونانی",
    "ID": "Indonesian indonésien indonésienne indonesio indonesia Indonesische انڈونیشیائی",
    "IE": "Irish irlandais irlandaise irlandés irlandesa Ierse Ier",
    "IN": "Indian indien indienne indio hindú Indiase Indiaas بھارتی ہندوستانی",
    "IQ": "Iraqi irakien irakienne iraquí Iraakse عراقی",
    "IR": "Iranian iranien iranienne iraní Iraanse ایرانی",
    "IT": "Italian italien italienne italiano italiana Italiaanse Italyano اطالوی",
    "JP": "Japanese japonais japonaise japonés japonesa Japanse Hapones جاپانی",
    "KE": "Kenyan kényan kényane keniano keniana Keniaanse",
    "LB": "Lebanese libanais libanaise libanés libanesa Libanese لبنانی",
    "LK": "Sri_Lankan sri_lankais sri_lankaise esrilanqués Sri_Lankaanse سری_لنکن",
    "MA": "Moroccan marocain marocaine marroquí Marokkaanse Marokkaan مراکشی",
    "MX": "Mexican mexicain mexicaine mexicano mexicana Mexicaanse میکسیکن",
    "NG": "Nigerian nigérian nigériane nigeriano nigeriana Nigeriaanse",
    "NL": "Dutch néerlandais néerlandaise neerlandés neerlandesa Nederlandse Nederlands Nederlander"
    " Olandes ڈچ ولندیزی",
    "NO": "Norwegian norvégien norvégienne noruego noruega Noorse",
    "NP": "Nepali Nepalese népalais népalaise nepalí نیپالی",
    "PE": "Peruvian péruvien péruvienne peruano peruana Peruaanse",
    "PH": "Filipino Filipina Pilipino Pilipina philippin philippine Filipijnse Filipijns فلپائنی",
    "PK": "Pakistani pakistanais pakistanaise paquistaní pakistaní Pakistaanse پاکستانی",
    "PL": "Polish polonais polonaise polaco polaca Poolse Pool",
    "PS": "Palestinian palestinien palestinienne palestino palestina Palestijnse فلسطینی",
    "PT": "Portuguese portugais portugaise portugués portuguesa Portugese português",
    "RU": "Russian russe ruso rusa Russische روسی",
    "SE": "Swedish suédois suédoise sueco sueca Zweedse",
    "SN": "Senegalese sénégalais sénégalaise senegalés senegalesa Senegalese",
    "SY": "Syrian syrien syrienne sirio siria Syrische شامی",
    "TN": "Tunisian tunisien tunisienne tunecino tunecina Tunesische",
    "TR": "Turkish turc turque turco turca Turkse ترک",
    "UA": "Ukrainian ukrainien ukrainienne ucraniano ucraniana Oekraïense یوکرینی",
    "US": "American américain américaine estadounidense Amerikaanse امریکی",
    "UY": "Uruguayan uruguayen uruguayenne uruguayo uruguaya Uruguayaanse",
    "VE": "Venezuelan vénézuélien vénézuélienne venezolano venezolana Venezolaanse",
    "VN": "Vietnamese vietnamien vietnamienne vietnamita",
    "ZA": "South_African sud_africain sud_africaine sudafricano sudafricana Zuid_Afrikaanse",
}


def people_of(text: str) -> str | None:
    """The country whose people a word names, as an ISO code."""
    return _people().get(_plain(text))


def _plain(text: str) -> str:
    return fold(text).replace("-", " ")


@cache
def _people() -> dict[str, str]:
    return {
        _plain(word.replace("_", " ")): country
        for country, words in _WORDS.items()
        for word in words.split()
    }
