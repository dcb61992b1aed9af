"""Words of all languages for what headings speak of, as ``word_groups`` puts them together.

Folded; ``camp.`` is a whole word, ``~visum`` any part of one, others are beginnings; ``_`` is a
space.
"""

DATA = (
    "data. dat. datos daten ~daten donnees dados dati. gegevens ~gegevens datos. 个人信息 隐私 数据"
)
AGREE = (
    "consent consens consint agree accept acept aceit accett acconsent autoris authoris authoriz "
    "autoriz toestemming akkoord einwillig willige einverstand zustimm stimme. stimmst. stimmen. "
    "concord accord pahintulot sumasang permission permiso permis permit erlaub ~erlaubnis "
    "genehmig ~einwilligung 同意 zgoda согласие موافقة رضامندی اجازت"
)
HANDLING = (
    "processing process traitement tratamiento tratamento trattamento verarbeit ~verarbeitung "
    "verwerk ~verwerking protection proteccion protecao protezione proteksyon storage stored "
    "store schutz gelesen read lu. lido letto leido حفاظت 保护"
)
PARENTS = (
    "parent guardian padre madre patern matern tutor tuteur tutrice ouder voogd eltern ~eltern "
    "erziehungsberecht sorgeberecht personensorge genitor pais. encarregado responsa representa "
    "magulang tagapangalaga 家长 監護人 监护人 家長 rodzic родител والدین سرپرست"
)
SIGNED = "signature signatur unterschrift handtekening firma. assinatura agree einverst zustimm"
PHOTOS = (
    "photo foto fotos bild ~foto image imagen imagem video newsletter prise_de_vue aufnahme "
    "immagine"
)
WHEN = (
    "when quand cuando wanneer wann quando kailan que_dia date dates datum data. fecha day. jour "
    "dia. dag. tag. giorno petsa planned prevu prevue previst prevista expected estimated "
    "erwartet verwacht voraussichtlich geplant estimad tarih data дата تاریخ 日期 时间 時間"
)
ARRIVE = (
    "arriv ankunft ankomm anreis aankom arrib llega llegas llegara chega chegas chegara pagdating "
    "darating check_in checkin kommst_du_an kommen_sie_an reist_du_an reisen_sie_an kom_je_aan "
    "komt_u_aan 到达 抵达 入住 przyjazd приезд прибыти الوصول آمد"
)
LEAVE = (
    "depart. departure departing leave leaving abreis abfahr fahrst_du_ab reist_du_ab "
    "reisen_sie_ab vertrek partida partenz partir parte. partes. parti. pars. partez. partes_tu "
    "repart salida sales. sale. saida irte irse marchar marchas ripart partirai partiras partira "
    "wegga regres te_vas se_va ga_je_weg gaat_u_weg vai_embora aalis pag_alis check_out checkout "
    "ruckreis heimreis return retour ritorno 离开 離開 返程 wyjazd отъезд مغادرة روانگی"
)
CLOCK = (
    "time times hour heure hora uhrzeit zeit tijd ~tijd orario ora. airport aeroport aeropuerto "
    "flughafen luchthaven flight vuelo vol. flug city ville ciudad stadt stad cidade citta place "
    "lieu lugar ort station bahnhof gare estacion from_where code number means mode transport "
    "verkehrsmittel vervoer cost costs kosten frais gastos spese custo age"
)
COST = (
    "cost custo cout kosten ~kosten price prix precio preco preis prezzo fare fares expens gasto "
    "gastos frais depens despesa spesa spese valor budget presupuesto how_much combien cuanto "
    "quanto wie_viel wieviel hoeveel magkano amount montant betrag bedrag importe 费用 费 koszt "
    "стоимость расходы تكاليف اخراجات خرچ"
)
TRAVEL = (
    "travel traveling travelling voyage viaj viag reis. reise ~reise flight flug vuelo voo. volo. "
    "transport trasport vervoer passag pasaj passagem biyahe anreise train bus. trip deplacement "
    "journey podroz дорог السفر سفر 旅 路 交通"
)
MONEY = (
    "financ finanz econom pinansy pinansi solidar maddi mali. finansow финансов مالی مالي 经济 "
    "money monetar"
)
HELP = (
    "support soutien aide. aides apoyo ayuda apoio ajuda auxilio unterstutz ~unterstutz steun "
    "ondersteun help hilfe aid. assist sostegn aiuto suport tulong fund. fonds ~fonds fondo fundo "
    "kasse caisse pot. need besoin necesi precis brauch benotig nodig bisogno destek wsparcie "
    "поддержк помощь مدد امداد معاونت دعم 援助 支持 bijstand"
)
FEE = (
    "fee fees tarif tarifa gebuhr ~gebuhr beitrag ~beitrag cuota quota taxa price prix preis "
    "bijdrage"
)
LESS = "reduc redui reduz reduk ridott ermassig discount waiv korting nachlass descuento sconto"
PAY = (
    "pay pays paying payer payez pagar pagare pagas paga zahlen bezahlen zahlst betalen betaal "
    "iambag contribu beitragen bijdragen bijdraag aport apport afford verser bayaran maiaambag "
    "支付 承担 "
    "自付 платить"
)
GIVE = (
    "contribu beitragen bijdragen bijdraag aport apport maiaambag can_you_pay you_pay you_afford "
    "can_pay kannst_du_zahlen pouvez_vous_payer peux_tu_payer puedes_pagar puoi_pagare pode_pagar "
    "kun_je_betalen"
)
SUM = (
    "how_much combien cuanto quanto wie_viel wieviel hoeveel magkano amount montant betrag bedrag "
    "cantidad quantia valor quota cifra sum. somme suma summe monto i_can can_you 多少 金额 "
    "able_to"
)
OWN = (
    "own self personal personnelle propre propia proprio propria eigen eigene eigener selbst "
    "votre your ton. ta. tu. su. sua. tuo. je. jouw uw. dein ihr possible moglich financ econom"
)
SHARE = "contribu aport apport beitrag bijdrage anteil ~anteil ~beitrag ambag kontribusyon 自付"
FIRST = "first prem primer primeir prima. primo. eerst erst unang پہل 首次 第一次 pierwszy перв"
OCCASION = (
    "time. fois. vez. volta. mal. keer. beses pagkakataon participation participaci participacao "
    "partecipazion participez participes participate teilnahm teilnimmst deelname school. ecole "
    "escuela escola scuola camp. camps. kamp. camp campamento acampamento campo. seminar "
    "seminario raz. раз. schule 参加 참가 بار مرتبہ شرکت"
)
NAMES = (
    "name. names nom. noms nombre nombres naam nome. ~name prenom cognome apellido pangalan 姓名 "
    "last"
)
WHERE = "where ou. donde waar wo. onde dove saan woher waarvandaan d_ou كس"
LIVE = (
    "live. living lives reside based domicile habit habitez habites vis. vivez vives vive. vivi. "
    "vivir resid risied woon woont lebst leben wohnst wohnen wohnt mora. moras abit nakatira "
    "from. kom. komt. kommst stamm herkunft herkomst verblij vestig vienes viens venez vieni "
    "origin procedenc proveni"
)
COUNTRY = "land. country pais. pays paese bansa 国 страна ulke kraj. ~land. ملک"
PASSPORT = (
    "passport passeport pasaporte passaport paspoort pass. passes reisepass ~pass. passe. 护照"
)
ISSUED = (
    "country pays pais. paese land. issu emisor emissor delivr ausstell ausgestellt uitgegeven "
    "emett which welchen quel. que. welk quale qual."
)
OF_PASSPORTS = (
    "number numero nummer no. nr. n. date datum fecha data expir valid gueltig gultig geldig "
    "ablauf place lieu lugar ort. name nom. nombre ~nummer copy scan kopie"
)
BIRTH = (
    "birth born naiss nacimient nasciment nascita geboort geburt ~geburt nasc. nac. 出生 urodz рожд"
)
BORN = (
    "birth born naissance. ne. nee. naci naciste nacido nacida geboren nasc nato nata ipinanganak "
    "geburt wurdest_du_geboren"
)
PLACE = (
    "place lieu lugar ort. plaats luogo local city ville ciudad stadt stad citta cidade country "
    "pays pais land paese cert"
)
FOOD = (
    "food foods meal meals mahlzeit maaltijd refeic pasto pasti cibo comida repas eat eten essen "
    "essens ~essen speise ~speise aliment ernahr ~ernahr voedsel voeding ~voeding nutri dietet "
    "eating pagkain کھان غذا خوراک 饮食 飲食 食物 cuisine kuche"
)
WISHES = (
    "requir requis requer require need besoin necesid necesit necessid restric prefer allerg "
    "alerg intoler habit gewohn gewoon vorlieb vorliebe wunsch wunsche wens exig exigen esigen "
    "contrainte abitud special especial regime tipo type besonder particul ~wunsche ~wensen "
    "~voorkeur voorkeur pangangailangan ضرور پابند 要求 禁忌 习惯 需求 bisogn beperk einschrank "
    "unvertrag follow limita"
)
NEEDS = (
    "need needs besoin necesid necessid bedurf bedarf ~bedarf behoef ~behoef bisogn esigen "
    "pangangailangan ضروریات 需求 需要 requir require requisit wensen ~wensen potrzeb потребност"
)
SPECIAL = (
    "special specif particul besonder bijzonder speciale access accessi acces mobil support "
    "unterstutz assist ondersteun espesyal health care zorg ~zorg especific 特殊 szczegol особ "
    "خصوصی"
)
REASON = (
    "reason razon raison grund. grunde reden redenen ragion motivo motivos dahilan 原因 理由 وجہ "
    "سبب"
)
TAKE_PART = (
    "participa participer partecip attend attending join joining apply applying application "
    "postul teilnahm teilnehm deelnam deelnem candidat bewerb sumali sali. asist venir kommen "
    "partici شرکت 参加 报名 申请"
)
DAY_OF = "date dates datum data. fecha petsa дата"
SENDING = (
    "verzonden verstuurd sent envoye enviad inviat versand gesend abgesch eingereich eingang "
    "ontvang "
    "applica application registra registro registo enrol inscri iscri solicit candidat bewerb "
    "anmeld aanmeld inschrij submi submission soumission envio envoi invio recei reception recepc "
    "recep respuest reponse resposta entry demand domand order ordin ordre commande pedido "
    "bestell created creat erstellt register added aangemaakt zgloszen заявк reply soumis"
)
HOW = (
    "how comment como wie hoe come. te. vous ti. se. gender genero genre genere geschlecht gender."
)
IDENTIFY = "identif ordnest zuordnen"
SCRIPT = (
    "script native_script arabic_script alphabet alfabeto ecriture escritura schrift ~schrift "
    "scrittura caracter caractere characters original originale native own_language your_language "
    "urdu arabic arabe arabo arabischer cyrillic kyrill chinese langue_d_origine lingua_originale "
    "muttersprache su_idioma tu_idioma eigen_taal 文字"
)
LATIN = (
    "in_latin latin_letters latin_alphabet latein roman passport pass pasaporte english anglais "
    "native_speaker school"
)
WHICH = (
    "at_which which quelles quels que. welke welche welchen quais quali cuales what in_welchen "
    "an_welchen"
)
WEEKS = "week weeks semaine semana weken wochen settiman parts parties partes teile teilen delen"
LANGUAGE = "language languages langue idioma lengua taal talen sprache sprachen lingua lingue"
KNOWN = (
    "skill skills proficien level niveau nivel livello knowledge conocim connaiss kennt competenc"
)
ANY_DAY = "date dates datum data. fecha petsa дата when quand cuando wanneer wann quando kailan"
OTHER_NEEDS = "visa diet food aliment financ econom translat interpret language"
