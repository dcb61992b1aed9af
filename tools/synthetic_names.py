"""Names of people who do not exist, in the scripts that a list of participants holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """Names that go together; ``native`` are the same names in their own script, or empty."""

    country: str
    lang: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    script: str = ""
    native_given: tuple[str, ...] = ()
    native_family: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


CULTURES = (
    Culture(
        "NL", "nl",
        _words("Anneke Bram Daan Eveline Fenna Gijs Hanneke Jeroen Lotte Maarten Noor Ruben"),
        _words("de_Vries van_den_Berg Jansen Bakker Visser Smit Müller van_'t_Hof Dekker Öztürk"),
    ),
    Culture(
        "FR", "fr",
        _words("Zoé Éloïse Benoît Cédric Hélène Jérôme Léa Mathieu Océane René Solène Thaïs"),
        _words("Lefèvre Dupont Garçon Béranger Hernández-Roy Châtelain Moreau Petit Noël Quéré"),
    ),
    Culture(
        "PH", "fil",
        _words("Marisol Jun-jun Ligaya Bayani Corazon Dalisay Efren Imelda Luzviminda Nonoy Rizza"),
        _words("dela_Cruz Santos Reyes Macapagal Peña Bautista Magsaysay Dimaculangan Cuñado"),
    ),
    Culture(
        "MX", "es",
        _words("Ana Beatriz Camila Diego Emiliano Íñigo José Lucía Mónica Ramón Sofía Ximena"),
        _words("Pérez Muñoz Ibáñez González López_Núñez Ávila Zúñiga Rodríguez Güemes Treviño"),
    ),
    Culture(
        "VN", "vi",
        _words("Ngọc Thảo Hương Đức Quỳnh Bảo Lê_Minh Tuấn Yến Phượng"),
        _words("Nguyễn Trần Phạm Đặng Huỳnh Võ Bùi Đỗ Hồ Ngô"),
    ),
    Culture(
        "TR", "tr",
        _words("Ayşe Çağlar Gülşen İsmail Işıl Ömer Şeyma Uğur Zeynep Büşra"),
        _words("Yılmaz Kılıç Şahin Çelik Öztürk Doğan Aydın Gündoğdu Işık Erdoğmuş"),
    ),
    Culture(
        "PK", "ur",
        _words("Muhammad Ayesha Iqbal Zainab Bilal Fatima Hamza Khadija Usman Sana"),
        _words("Khan Qureshi Bhatti Malik Chaudhry Siddiqui Baloch Shah Mirza Gilani"),
        "Arab",
        _words("محمد عائشہ اقبال زینب بلال فاطمہ حمزہ خدیجہ عثمان ثناء"),
        _words("خان قریشی بھٹی ملک چوہدری صدیقی بلوچ شاہ مرزا گیلانی"),
    ),
    Culture(
        "EG", "ar",
        _words("Ahmad Huda Karim Layla Mahmud Nur Rania Salim Yusuf Amina"),
        _words("al-Masri Haddad Mansur as-Sayyid Khalil Nasser Ramadan Saleh Tawfiq Aziz"),
        "Arab",
        _words("أحمد هدى كريم ليلى محمود نور رانيا سليم يوسف أمينة"),
        _words("المصري حداد منصور السيد خليل ناصر رمضان صالح توفيق عزيز"),
    ),
    Culture(
        "BD", "bn",
        _words("Rahim Nasrin Shirin Tanvir Farhana Kamal Rokeya Sumon Jahan Mitu"),
        _words("Islam Rahman Begum Chowdhury Akter Hossain Das Sarkar Mia Sultana"),
        "Beng",
        _words("রহিম নাসরিন শিরিন তানভীর ফারহানা কামাল রোকেয়া সুমন জাহান মিতু"),
        _words("ইসলাম রহমান বেগম চৌধুরী আক্তার হোসেন দাস সরকার মিয়া সুলতানা"),
    ),
    Culture(
        "RU", "ru",
        _words("Anna Boris Vera Dmitri Yelena Ivan Kseniya Lev Olga Sergei"),
        _words("Ivanova Petrov Smirnova Kuznetsov Popova Volkov Lebedeva Morozov Orlova Zhukov"),
        "Cyrl",
        _words("Анна Борис Вера Дмитрий Елена Иван Ксения Лев Ольга Сергей"),
        _words("Иванова Петров Смирнова Кузнецов Попова Волков Лебедева Морозов Орлова Жуков"),
    ),
    Culture(
        "GR", "el",
        _words("Eleni Giorgos Katerina Nikos Sofia Yannis Dimitra Petros Ioanna Stavros"),
        _words("Papadopoulos Georgiou Nikolaidis Makri Pappas Vlachou Angelou Kosta Dimou Raptis"),
        "Grek",
        _words("Ελένη Γιώργος Κατερίνα Νίκος Σοφία Γιάννης Δήμητρα Πέτρος Ιωάννα Σταύρος"),
        _words("Παπαδόπουλος Γεωργίου Νικολαΐδης Μακρή Παππάς Βλάχου Αγγέλου Κώστα Δήμου Ράπτης"),
    ),
    Culture(
        "KR", "ko",
        _words("Min-jun Seo-yeon Ji-hoon Ha-eun Do-yun Su-bin Ye-jin Jun-ho Eun-ji Tae-yang"),
        _words("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim"),
        "Hang",
        _words("민준 서연 지훈 하은 도윤 수빈 예진 준호 은지 태양"),
        _words("김 이 박 최 정 강 조 윤 장 임"),
    ),
)  # fmt: skip
"""Every third person or so has a name of another script than Latin."""
