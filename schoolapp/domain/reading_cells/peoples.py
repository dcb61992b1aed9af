"""The words for people and things from a country, in many languages: Filipina, Russische.

Words that mean several countries (Congolese, Guinean, Korean, Dominican) are left out on purpose:
they are a doubt.
"""

from functools import cache

from schoolapp.domain.text import fold

_WORDS = {
    "AF": "Afghan Afghani afghane afgano afgana afghanisch Afghane Afghanin Afghaanse افغان 阿富汗",
    "AL": "Albanian albanais albanaise albanés albanesa albanese albanisch Albanese",
    "AM": "Armenian arménien arménienne armenio armenia armeno armena armenisch",
    "AO": "Angolan angolais angolaise angoleño angolano angolana",
    "AR": "Argentinian Argentinean Argentine argentin argentino argentina Argentijnse Argentijns"
    " argentinisch argentini",
    "AT": "Austrian autrichien autrichienne austríaco austríaca Oostenrijkse austriaco austriaca"
    " österreichisch Österreicher Österreicherin Oostenrijks",
    "AU": "Australian australien australienne australiano Australische australisch australiana",
    "BA": "Bosnian bosniaque bosnio bosnia bosniaco bosniaca bosnisch bosníaco",
    "BD": "Bangladeshi bangladais bangladaise bangladesí Bengalese بنگلہ_دیشی",
    "BE": "Belgian belge belga Belgische Belg belgisch Belgier Belgierin",
    "BF": "Burkinabe Burkinabè burkinabés Burkinese",
    "BG": "Bulgarian bulgare búlgaro búlgara bulgaro bulgara bulgarisch",
    "BI": "Burundian burundais burundaise burundés",
    "BJ": "Beninese béninois béninoise beninés",
    "BO": "Bolivian bolivien bolivienne boliviano boliviana Boliviaanse bolivianisch",
    "BR": "Brazilian brésilien brésilienne brasileño brasileña brasileiro brasileira Braziliaanse"
    " brasiliano brasiliana brasilianisch Brasilianer Brasilianerin",
    "BY": "Belarusian biélorusse bielorruso bielorrusa bielorusso bielorussa belarussisch",
    "CA": "Canadian canadien canadienne canadiense Canadese canadese kanadisch Kanadier",
    "CH": "Swiss suisse suizo suiza Zwitserse Zwitser svizzero svizzera schweizerisch Schweizer"
    " Schweizerin Suíço suíça",
    "CI": "Ivorian ivoirien ivoirienne marfileño ivoriano ivoriana",
    "CL": "Chilean chilien chilienne chileno chilena Chileense cileno cilena chilenisch",
    "CM": "Cameroonian camerounais camerounaise camerunés camerunesa camerunese",
    "CN": "Chinese chinois chinoise chino china Tsino چینی cinese chinesisch 中国人",
    "CO": "Colombian colombien colombienne colombiano colombiana Colombiaanse kolumbianisch"
    " Kolumbianer",
    "CR": "Costa_Rican costaricien costarricense",
    "CU": "Cuban cubain cubaine cubano cubana Cubaanse kubanisch",
    "CZ": "Czech tchèque checo checa Tsjechische ceco ceca tschechisch",
    "DE": "German allemand allemande alemán alemana Duitse Duitser Aleman جرمن tedesco tedesca"
    " deutsch Deutsche Deutscher alemão alemã niemieckie немецкое",
    "DK": "Danish danois danoise danés danesa Deense Dansk danese dänisch",
    "DZ": "Algerian algérien algérienne argelino argelina Algerijnse algerino algerina algerisch",
    "EC": "Ecuadorian équatorien équatorienne ecuatoriano ecuatoriana Ecuadoraanse ecuadoriano"
    " ecuadoriana",
    "EE": "Estonian estonien estonienne estonio estonia estone estnisch",
    "EG": "Egyptian égyptien égyptienne egipcio egipcia Egyptische مصری egiziano egiziana"
    " ägyptisch",
    "ER": "Eritrean érythréen érythréenne eritreo eritrea eritreisch",
    "ES": "Spanish espagnol espagnole español española Spaanse Espanyol ہسپانوی spagnolo spagnola"
    " spanisch Spanier Spanierin espanhol espanhola hiszpańskie",
    "ET": "Ethiopian éthiopien éthiopienne etíope etiope äthiopisch",
    "FI": "Finnish finlandais finlandaise finlandés finlandesa Finse finlandese finnisch"
    " suomalainen Suomi finsk",
    "FR": "French français française francés francesa Franse Fransman Pranses فرانسیسی francese"
    " französisch Franzose Französin francês francuskie",
    "GA": "Gabonese gabonais gabonaise",
    "GB": "British britannique británico británica Britse Brit برطانوی britannico britannica"
    " inglese English anglais anglaise inglés inglesa Engels Engelse britisch Brite Britin"
    " Scottish Welsh scozzese",
    "GE": "Georgian géorgien géorgienne georgiano georgiana georgisch",
    "GH": "Ghanaian Ghanian ghanéen ghanéenne ghanés ghanese ghanaisch",
    "GM": "Gambian gambien gambienne gambiano gambiana",
    "GR": "Greek grec grecque griego griega Griekse Griek یونانی greco greca griechisch Grieche"
    " Griechin",
    "GT": "Guatemalan guatémaltèque guatemalteco guatemalteca",
    "HN": "Honduran hondurien hondureño hondureña",
    "HR": "Croatian croate croata kroatisch Kroate Kroatin",
    "HT": "Haitian haïtien haïtienne haitiano haitiana",
    "HU": "Hungarian hongrois hongroise húngaro húngara ungherese ungarisch",
    "ID": "Indonesian indonésien indonésienne indonesio indonesia Indonesische انڈونیشیائی"
    " indonesiano indonesiana indonesisch",
    "IE": "Irish irlandais irlandaise irlandés irlandesa Ierse Ier irlandese irisch irlandês",
    "IL": "Israeli israélien israélienne israelí israeliano israeliana israelisch",
    "IN": "Indian indien indienne indio hindú Indiase Indiaas بھارتی ہندوستانی indiano indiana"
    " indisch Inder Inderin",
    "IQ": "Iraqi irakien irakienne iraquí Iraakse عراقی iracheno irachena irakisch",
    "IR": "Iranian iranien iranienne iraní Iraanse ایرانی iraniano iraniana iranisch Persian",
    "IS": "Icelandic islandais islandaise islandés islandesa islandese isländisch",
    "IT": "Italian italien italienne italiano italiana Italiaanse Italyano اطالوی italienisch"
    " Italiener Italienerin włoskie italianas italiani Italiaans итальянское",
    "JM": "Jamaican jamaïcain jamaicano jamaicana",
    "JO": "Jordanian jordanien jordanienne jordano jordana giordano giordana jordanisch",
    "JP": "Japanese japonais japonaise japonés japonesa Japanse Hapones جاپانی giapponese"
    " japanisch",
    "KE": "Kenyan kényan kényane keniano keniana Keniaanse keniota kenianisch",
    "KH": "Cambodian cambodgien camboyano Khmer",
    "KR": "South_Korean sud_coréen sud_coréenne surcoreano surcoreana sudcoreano sudcoreana"
    " südkoreanisch",
    "KZ": "Kazakh Kazakhstani kazajo",
    "LB": "Lebanese libanais libanaise libanés libanesa Libanese لبنانی libanesisch libanese",
    "LK": "Sri_Lankan sri_lankais sri_lankaise esrilanqués Sri_Lankaanse سری_لنکن",
    "LR": "Liberian libérien liberiano",
    "LT": "Lithuanian lituanien lituanienne lituano lituana litauisch",
    "LV": "Latvian letton lettone letón letona lettisch",
    "LY": "Libyan libyen libyenne libio libia libico libica libysch",
    "MA": "Moroccan marocain marocaine marroquí Marokkaanse Marokkaan مراکشی marocchino"
    " marocchina marokkanisch marroquino marroquina",
    "MD": "Moldovan moldave moldavo moldava moldauisch",
    "ME": "Montenegrin monténégrin montenegrino",
    "MG": "Malagasy malgache",
    "MK": "Macedonian macédonien macedonio macedone mazedonisch",
    "ML": "Malian malien malienne maliense maliano maliana malisch",
    "MM": "Burmese birman birmane birmano",
    "MN": "Mongolian mongol mongole",
    "MW": "Malawian malawien",
    "MX": "Mexican mexicain mexicaine mexicano mexicana Mexicaanse میکسیکن messicano messicana"
    " mexikanisch",
    "MY": "Malaysian malaisien malaisienne malasio malese malaysisch",
    "MZ": "Mozambican mozambicain mozambiqueño moçambicano moçambicana mozambicano",
    "NG": "Nigerian nigérian nigériane nigeriano nigeriana Nigeriaanse nigerianisch",
    "NI": "Nicaraguan nicaraguayen nicaragüense",
    "NL": "Dutch néerlandais néerlandaise neerlandés neerlandesa Nederlandse Nederlands"
    " Nederlander Olandes ڈچ ولندیزی olandese neerlandese niederländisch Niederländer"
    " Niederländerin holandés holandesa holandês",
    "NO": "Norwegian norvégien norvégienne noruego noruega Noorse norvegese norwegisch norsk",
    "NP": "Nepali Nepalese népalais népalaise nepalí نیپالی nepalese nepalesisch",
    "NZ": "New_Zealander néo_zélandais neozelandés neozelandese",
    "PA": "Panamanian panaméen panameño panameña",
    "PE": "Peruvian péruvien péruvienne peruano peruana Peruaanse peruviano peruviana peruanisch",
    "PH": "Filipino Filipina Pilipino Pilipina philippin philippine Filipijnse Filipijns فلپائنی"
    " filippino filippina philippinisch",
    "PK": "Pakistani pakistanais pakistanaise paquistaní pakistaní Pakistaanse پاکستانی"
    " pachistano pachistana pakistanisch",
    "PL": "Polish polonais polonaise polaco polaca Poolse Pool polacco polacca polnisch Pole"
    " Polin polskie polska polski польское",
    "PR": "Puerto_Rican puertorriqueño puertorriqueña",
    "PS": "Palestinian palestinien palestinienne palestino palestina Palestijnse فلسطینی"
    " palestinese palästinensisch",
    "PT": "Portuguese portugais portugaise portugués portuguesa Portugese português portoghese"
    " portugiesisch Portugiese",
    "PY": "Paraguayan paraguayen paraguayo paraguaya",
    "RO": "Romanian roumain roumaine rumano rumana rumeno rumena romeno romena rumänisch",
    "RS": "Serbian serbe serbio serbia serbo serba serbisch",
    "RU": "Russian russe ruso rusa Russische روسی russo russa russisch rosyjskie российское",
    "RW": "Rwandan rwandais rwandaise ruandés ruandese",
    "SD": "Sudanese soudanais soudanaise sudanés sudanesa sudanesisch",
    "SE": "Swedish suédois suédoise sueco sueca Zweedse svedese schwedisch svensk svenska",
    "SI": "Slovenian slovène esloveno eslovena sloveno slovena slowenisch",
    "SK": "Slovak slovaque eslovaco eslovaca slovacco slovacca slowakisch",
    "SL": "Sierra_Leonean sierra_léonais",
    "SN": "Senegalese sénégalais sénégalaise senegalés senegalesa Senegalese senegalesisch",
    "SO": "Somali somalien somalienne somalí somalo somala somalisch",
    "SV": "Salvadoran Salvadorean salvadorien salvadoreño salvadoreña",
    "SY": "Syrian syrien syrienne sirio siria Syrische شامی siriano siriana syrisch",
    "TG": "Togolese togolais togolaise togolés",
    "TH": "Thai thaïlandais thaïlandaise tailandés tailandesa thailandese thailändisch",
    "TN": "Tunisian tunisien tunisienne tunecino tunecina Tunesische tunisino tunisina tunesisch",
    "TR": "Turkish turc turque turco turca Turkse ترک türkisch Türk Türke Türkin",
    "TW": "Taiwanese taïwanais taïwanaise taiwanés taiwanisch",
    "TZ": "Tanzanian tanzanien tanzanienne tanzano tanzana tansanisch",
    "UA": "Ukrainian ukrainien ukrainienne ucraniano ucraniana Oekraïense یوکرینی ucraino ucraina"
    " ukrainisch українка українець",
    "UG": "Ugandan ougandais ougandaise ugandés ugandese ugandisch",
    "US": "American américain américaine estadounidense Amerikaanse امریکی americano americana"
    " statunitense amerikanisch US_American US_citizen",
    "UY": "Uruguayan uruguayen uruguayenne uruguayo uruguaya Uruguayaanse uruguaiano uruguayisch",
    "UZ": "Uzbek ouzbek uzbeko",
    "VE": "Venezuelan vénézuélien vénézuélienne venezolano venezolana Venezolaanse venezolanisch"
    " venezuelano",
    "VN": "Vietnamese vietnamien vietnamienne vietnamita vietnamesisch",
    "XK": "Kosovar kosovare kosovarisch",
    "ZA": "South_African sud_africain sud_africaine sudafricano sudafricana Zuid_Afrikaanse"
    " südafrikanisch",
    "ZM": "Zambian zambien zambiano",
    "ZW": "Zimbabwean zimbabwéen zimbabuense",
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
