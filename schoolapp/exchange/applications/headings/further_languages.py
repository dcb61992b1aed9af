"""The usual headings of forms in Turkish, Polish, Russian and Arabic."""

FURTHER: dict[str, tuple[str, ...]] = {
    "source_id": ("sıra no", "başvuru no", "numer", "lp", "numer zgłoszenia", "номер", "الرقم"),
    "submitted_at": (
        "zaman damgası", "sygnatura czasowa", "отметка времени", "طابع زمني",
        "gönderim tarihi", "başvuru tarihi", "kayıt tarihi", "data zgłoszenia", "data wysłania",
        "дата подачи", "дата заявки", "дата отправки", "дата регистрации", "تاريخ التقديم",
        "تاريخ التسجيل", "تاريخ الإرسال",
        "godzina ukończenia", "время выполнения", "tamamlama zamanı", "data zamówienia",
        "дата заказа",
    ),
    "name": ("isim", "adınız", "imię", "имя", "ваше имя", "الاسم", "اسمك", "اسم", "ad", "adı"),
    "full_name": (
        "ad soyad", "adı soyadı", "isim soyisim", "adınız ve soyadınız", "adınız soyadınız",
        "ad ve soyad", "tam ad", "ad soyadı", "imię i nazwisko", "nazwisko i imię",
        "imiona i nazwisko",
        "imię nazwisko",
        "фио", "имя и фамилия", "фамилия и имя", "имя фамилия", "фамилия имя", "полное имя",
        "фамилия имя отчество", "ф и о", "имя фамилия отчество", "участник", "имя участника",
        "الاسم الكامل", "الاسم واللقب", "الاسم الثلاثي", "الاسم الرباعي", "اسم المشارك",
        "الاسم كاملا",
    ),
    "given": ("ön ad", "pierwsze imię", "imiona", "личное имя", "الاسم الأول", "الاسم الشخصي"),
    "family": (
        "soyadı", "soyad", "soyadınız", "soyisim", "nazwisko", "фамилия", "ваша фамилия",
        "اللقب", "اسم العائلة", "الكنية", "الاسم الأخير", "النسب",
    ),
    "middle": ("ikinci ad", "drugie imię", "отчество", "اسم الأب"),
    "email": (
        "e posta", "eposta", "e posta adresi", "e posta adresiniz", "eposta adresi", "mail adresi",
        "adres e mail", "adres email", "adres mailowy", "poczta elektroniczna",
        "электронная почта", "адрес электронной почты", "почта", "эл почта", "имейл", "емейл",
        "البريد الإلكتروني", "الإيميل", "البريد", "ايميل", "عنوان البريد الإلكتروني",
    ),
    "born": (
        "doğum tarihi", "doğum tarihiniz", "doğum günü", "data urodzenia", "urodziny",
        "дата рождения", "день рождения", "год рождения", "تاريخ الميلاد", "تاريخ الولادة",
        "تاريخ الازدياد",
    ),
    "age": ("yaş", "yaşınız", "wiek", "возраст", "ваш возраст", "العمر", "السن"),
    "country": (
        "ülke", "ülkesi", "yaşadığınız ülke", "ikamet ettiğiniz ülke", "ikamet ülkesi", "ülkeniz",
        "kraj", "kraj zamieszkania", "kraj pochodzenia", "страна", "страна проживания",
        "ваша страна", "البلد", "بلد الإقامة", "الدولة", "بلد السكن", "دولة الإقامة",
    ),
    "nationality": (
        "uyruk", "vatandaşlık", "uyruğunuz", "uyruğu", "narodowość", "obywatelstwo",
        "гражданство", "национальность", "الجنسية", "جنسيتك",
    ),
    "birth_place": (
        "doğum yeri", "miejsce urodzenia", "место рождения", "مكان الميلاد", "مكان الولادة",
    ),
    "first_time": (
        "ilk kez", "ilk katılım", "pierwszy raz", "первый раз", "впервые", "المرة الأولى",
        "أول مرة",
    ),
    "languages": (
        "diller", "dil", "konuştuğunuz diller", "bildiğiniz diller", "ana dil", "ana dili",
        "anadil",
        "języki", "język", "znajomość języków", "język ojczysty", "języki obce",
        "языки", "язык", "родной язык", "какими языками вы владеете", "знание языков",
        "владение языками", "اللغات", "اللغة", "اللغة الأم", "اللغات التي تتحدثها",
        "اللغات المنطوقة",
    ),
    "gender": (
        "cinsiyet", "cinsiyeti", "cinsiyetiniz", "płeć", "пол", "гендер", "الجنس", "النوع",
        "النوع الاجتماعي",
    ),
    "pronouns": ("zamirler", "zaimki", "местоимения", "الضمائر"),
    "phone": (
        "telefon numarası", "cep telefonu", "telefon numaranız", "cep telefonu numarası", "gsm no",
        "telefon no", "numer telefonu", "telefon kontaktowy", "nr telefonu", "telefon komórkowy",
        "телефон", "номер телефона", "мобильный телефон", "мобильный", "контактный телефон",
        "الهاتف", "رقم الهاتف", "الجوال", "رقم الجوال", "الموبايل", "رقم الموبايل", "هاتف",
    ),
    "delegation": ("delegasyon", "delegacja", "делегация", "الوفد"),
    "organisation": (
        "kurum", "kuruluş", "örgüt", "organizasyon", "dernek", "organizacja", "stowarzyszenie",
        "nazwa organizacji", "instytucja", "организация", "название организации", "المنظمة",
        "المؤسسة", "الجمعية", "اسم المنظمة",
    ),
    "motivation": (
        "motivasyon", "neden katılmak istiyorsunuz", "motywacja", "dlaczego", "мотивация",
        "почему", "الدافع", "لماذا", "سبب المشاركة",
    ),
    "modules": ("modüller", "modül", "moduły", "moduł", "модули", "модуль", "الوحدات"),
    "travel": (
        "yol masrafı", "ulaşım masrafı", "koszty podróży", "расходы на дорогу", "تكاليف السفر",
    ),
    "contribution": ("katkı payı", "katkı", "wkład własny", "взнос", "المساهمة"),
    "diet": (
        "beslenme", "alerjiler", "alerji", "diyet", "alergie", "wymagania dietetyczne",
        "питание", "аллергии", "аллергия", "диета", "الحساسية", "النظام الغذائي", "الطعام",
    ),
    "access": (
        "özel ihtiyaçlar", "erişilebilirlik", "szczególne potrzeby", "potrzeby specjalne",
        "dostępność", "особые потребности", "доступность", "احتياجات خاصة", "الاحتياجات الخاصة",
    ),
    "parental_consent": ("veli izni", "zgoda rodziców", "согласие родителей", "موافقة الوالدين"),
    "privacy": (
        "kvkk", "kişisel verilerin korunması", "rodo", "zgoda na przetwarzanie danych",
        "согласие на обработку персональных данных", "персональные данные", "سياسة الخصوصية",
    ),
    "visa": ("vize", "vize gerekli mi", "wiza", "виза", "нужна ли виза", "تأشيرة", "التأشيرة"),
    "subsidy": (
        "burs", "maddi destek", "mali destek", "stypendium", "wsparcie finansowe", "dofinansowanie",
        "стипендия", "финансовая поддержка", "финансовая помощь", "منحة", "دعم مالي",
    ),
    "arrival": (
        "varış", "varış tarihi", "geliş tarihi", "przyjazd", "data przyjazdu", "приезд",
        "дата приезда", "дата прибытия", "تاريخ الوصول", "الوصول",
    ),
    "departure": (
        "ayrılış", "ayrılış tarihi", "dönüş tarihi", "wyjazd", "data wyjazdu", "отъезд",
        "дата отъезда", "дата выезда", "تاريخ المغادرة", "المغادرة",
    ),
}  # fmt: skip
