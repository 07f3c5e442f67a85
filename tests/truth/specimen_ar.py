"""The specimen, as its source tells it; written by hand from specimen.ar.source.txt."""

MEMBERS = [
    ("CRI", "مونتيرو ريفاس"), ("RUS", "أورلوف"), ("JOR", "الخطيب"), ("IRL", "أوبراين"),
    ("BRA", "كارفاليو"), ("JAM", "كامبل"), ("SEN", "ندياي"), ("CHN", "لين"), ("FRA", "دوبوا"),
    ("VNM", "نغوين فان هاي"), ("KEN", "وانجيرو"), ("GBR", "هارغريفز"), ("AUT", "غروبر"),
    ("USA", "ويتفيلد"), ("JPN", "تاناكا"),
]  # fmt: skip

# Name or None, capacity, code, language spoken, number of paragraphs, last words.
TURNS = [
    (None, "president", None, "es", 5, "أعطي الكلمة الآن لنائبة الأمين العام."),
    (None, "secretariat", "DSG", "en", 5, "ففي الصحراء طريق يسلكه الناس إلى جيرانهم."),
    (None, "president", None, "es", 2, "أعطي الكلمة الآن للسيدة بن سالم."),
    ("بن سالم", "invited", "AU", "fr", 4, "على أن يحمل كل ضيف دلوه معه كما تقضي العادة."),
    (None, "president", None, "es", 7, "أعطي الكلمة الآن لأعضاء مجلس الأمن."),
    ("الخطيب", "member", "JOR", "ar", 3, "فالثقة تبدأ حين يرى كل جار ما في بئر جاره."),
    ("تاناكا", "member", "JPN", "en", 3, "فهي ماء أيضا، وحولها يجتمع الناس في صلح."),
    ("أورلف", "member", "RUS", "ru", 3, "لأن أحدا لا يقرأ التقارير الطويلة."),
    ("لين", "member", "CHN", "zh", 3, "ونأمل أن يعود كل منهم إلى بلده بصديق جديد."),
    ("إدريس", "invited", "TCD", "fr", 3, "فهو أقدم سجل مفتوح نعرفه، وهو أصدقها."),
    (None, "president", None, "es", 1, "نظره في البند المدرج في جدول أعماله."),
]

ACTS = [
    "opened", "agenda_adopted", "invited", "invited", "document_noted", "floor_given",
    "floor_given", "statement_adopted", "capacity_changed", "capacity_changed", "floor_given",
    "speakers_exhausted", "concluded", "closed",
]  # fmt: skip
