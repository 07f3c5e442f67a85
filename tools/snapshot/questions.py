"""What is asked in every snapshot: questions in six languages, and values for the API."""

from __future__ import annotations

QUESTIONS = (
    "lamp", '"small boats"', "light* state:TCD", "coast NEAR/5 boats", "=Council",
    "(lamp OR register) -costs", "kind:agenda", "cites:S/2031/150", "speaker:Orlov",
    "topic:law_of_the_sea", "year:2031 capacity:invited once:en", "المنارات", "قارب*", "مجلس الأمن",
    "灯塔", "маяк*", "phares", "faros", "(lamp",
)  # fmt: skip
"""The last cannot be understood: what is said then is compared too."""
MEANINGS = (
    "whoever puts out a lamp should say so",
    "من يطفئ المصباح",
    "谁把灯熄灭",
    "кто гасит маяк",
)
WORDS = ("lamp", "council*", "=Chad", "المجلس", "灯塔", "маяк*", "phares", "faros")
NAMES = (
    "Ivory Coast",
    "Holy See",
    "روسيا",
    "الاتحاد الأفريقي",
    "中国",
    "Côte d'Ivoire",
    "Deputy Secretary-General",
)
PAGES = (
    "/", "/latest.json", "/about", "/records", "/records?organ=SC", "/records?symbol=S/PV.9",
    "/states", "/organisations", "/people", "/topics", "/documents", "/concordance", "/pictures",
    "/proceedings", "/proceedings/2031", "/proceedings/2031/SC.json", "/proceedings/2031.csv",
    "/search", "/search.atom?q=lamp", "/records.atom", "/api", "/sign-in", "/alive",
    "/search?q=whoever+puts+out+a+lamp+should+say+so&mode=meaning", "/search.bib?q=lamp",
    "/search.ris?q=lamp", "/search.csl.json?q=lamp", "/search.csv?q=lamp", "/pictures?q=lamp",
    "/states/CRI", "/states/XXX", "/no-such-page", "/s/pv.99902", "/S/PV.99902?beside=zh",
    "/S/PV.99902/en?beside=ar", "/S/PV.99902/ar?pages=1", "/S/PV.99902/en@9",
    "/cite/S/PV.99902/en@1/t2p1",
    "/cite/S/PV.99902/en@1/t10p3.bib", "/cite/S/PV.99902/ar@1/s22.ris", "/cite/S/PV.99902/en@1/t99",
    "/cite/S/PV.99902/zh@1.csl.json", "/pages/S/PV.99902/en@1/1.png",
    "/sources/S/PV.99902/en@1.pdf",
    "/language/ar?next=/records", "/search?q=lamp&f=state%3ATCD&sort=newest", "/account",
    "/uploads",
)  # fmt: skip
"""Pages that a crawl may not come to."""

REQUIRED = {
    "q": QUESTIONS, "word": WORDS, "name": NAMES, "year": ("2031",),
    "what,code": (("state", "TCD"), ("state", "CRI"), ("organisation", "AU"),
                  ("person", "RUS:orlov"), ("topic", "law_of_the_sea"),
                  ("document", "S/2031/150"), ("document", "CHARTER/51")),
}  # fmt: skip
"""Values for what an operation of the API must be told; records come from the archive."""
OPTIONAL = {
    "language": ("ar", "zh"), "organ": ("SC", "GA"), "year": ("2031", "1999"),
    "versions": ("true",),
    "symbol": ("S/PV.9990",), "limit": ("5",), "turn": ("2", "10"), "kind": ("state", "document"),
    "target": ("TCD", "S/2031/150"), "draft": ("S/2031/150",), "state": ("JOR",),
    "form": ("text", "html", "akn", "tei", "json", "csv", "tables", "docx", "pdf"),
    "mode": ("meaning", "both"), "sort": ("newest", "oldest"), "where": ("state:TCD",),
    "order": ("left", "right"), "once": ("ar", "no"), "affiliation": ("CRI",), "name": ("orlof",),
}  # fmt: skip
"""Values for what it may be told, tried one at a time."""
