"""Short meetings of the General Assembly in the languages, written by hand as its records print them."""

from __future__ import annotations

import pytest

from mahdar.model import Heading, Record
from mahdar.reading.read import read_opened
from mahdar.sources.text import IN_ORDER, text_source

MEETINGS = {
    "fr": """
Assemblée générale

Documents officiels

Soixante-cinquième session

71e séance plénière

Mardi 21 décembre 2010, à 10 heures

New York

Président :\tM. Deiss\t(Suisse)

En l'absence du Président, M. Wolfe (Jamaïque), Vice-Président, assume la présidence.

La séance est ouverte à 10 h 20.

# Point 68 de l'ordre du jour (suite)

# Promotion et protection des droits de l'homme

**Le Président par intérim** (*parle en anglais*) : L'Assemblée va maintenant se prononcer sur le projet de résolution XII. Un vote enregistré a été demandé.

Il est procédé au vote enregistré.

*Votent pour :*

Algérie, Angola, Fédération de Russie

*Votent contre :*

Allemagne, États-Unis d'Amérique

*S'abstiennent :*

Suisse

Par 3 voix contre 2, avec 1 abstention, le projet de résolution XII est adopté (résolution 65/217).

**M. Ndiaye** (Sénégal) : Nous remercions tous les Membres.

La séance est levée à 13 h 5.
""",
    "es": """
Asamblea General

Documentos Oficiales

Sexagésimo quinto período de sesiones

71ª sesión plenaria

Martes 21 de diciembre de 2010, 10.00 horas

Nueva York

Presidente:\tSr. Deiss\t(Suiza)

En ausencia del Presidente, el Sr. Wolfe (Jamaica), Vicepresidente, ocupa la Presidencia.

Se abre la sesión a las 10.20 horas.

# Tema 68 del programa (continuación)

# Promoción y protección de los derechos humanos

**El Presidente interino** (*habla en inglés*): La Asamblea se pronunciará ahora sobre el proyecto de resolución XII. Se ha solicitado votación registrada.

Se procede a votación registrada.

*Votos a favor:*

Argelia, Angola, Federación de Rusia

*Votos en contra:*

Alemania, Estados Unidos de América

*Abstenciones:*

Suiza

Por 3 votos contra 2 y 1 abstención, queda aprobado el proyecto de resolución XII (resolución 65/217).

**Sr. Ndiaye** (Senegal) (*habla en francés*): Damos las gracias a todos los Miembros.

Se levanta la sesión a las 13.05 horas.
""",
    "ru": """
Генеральная Ассамблея

Официальные отчеты

Шестьдесят пятая сессия

71-е пленарное заседание

Вторник, 21 декабря 2010 года, 10 ч. 00 м.

Нью-Йорк

Председатель:\tг-н Дайсс\t(Швейцария)

В отсутствие Председателя место Председателя занимает заместитель Председателя г-н Вольф (Ямайка).

Заседание открывается в 10 ч. 20 м.

# Пункт 68 повестки дня (продолжение)

# Поощрение и защита прав человека

**Исполняющий обязанности Председателя** (*говорит по-английски*): Сейчас Ассамблея примет решение по проекту резолюции XII. Поступила просьба о проведении заносимого в отчет о заседании голосования.

Проводится заносимое в отчет о заседании голосование.

*Голосовали за:*

Алжир, Ангола, Российская Федерация

*Голосовали против:*

Германия, Соединенные Штаты Америки

*Воздержались:*

Швейцария

3 голосами против 2 при 1 воздержавшемся проект резолюции XII принимается (резолюция 65/217).

**Г-н Ндиай** (Сенегал) (*говорит по-французски*): Мы благодарим всех членов Ассамблеи.

Заседание закрывается в 13 ч. 05 м.
""",
    "zh": """
大会

正式记录

第六十五届会议

第71次全体会议

2010年12月21日星期二上午10时

纽约

主席：\t戴斯先生\t（瑞士）

因主席缺席，副主席沃尔夫先生（牙买加）主持会议。

上午10时20分开会。

# 议程项目68（续）

# 促进和保护人权

**代理主席**（以英语发言）：大会现在将就决议草案十二作出决定。有人要求进行记录表决。

进行了记录表决。

赞成：

阿尔及利亚、安哥拉、俄罗斯联邦

反对：

德国、美利坚合众国

弃权：

瑞士

决议草案十二以3票对2票，1票弃权，获得通过（第65/217号决议）。

**恩迪亚耶先生**（塞内加尔）（以法语发言）：我们感谢所有会员国。

下午1时05分散会。
""",
    "ar": """
الجمعية العامة

الوثائق الرسمية

الدورة الخامسة والستون

الجلسة العامة ٧١

الثلاثاء، ٢١ كانون الأول/ديسمبر ٢٠١٠، الساعة ١٠/٠٠

نيويورك

الرئيس:\tالسيد دايس\t(سويسرا)

نظرا لغياب الرئيس، تولى السيد وولف (جامايكا)، نائب الرئيس، رئاسة الجلسة.

افتتحت الجلسة الساعة ١٠/٢٠.

# البند ٦٨ من جدول الأعمال (تابع)

# تعزيز حقوق الإنسان وحمايتها

**الرئيس بالنيابة** (*تكلم بالإنكليزية*): تبت الجمعية الآن في مشروع القرار الثاني عشر. وقد طلب إجراء تصويت مسجل.

أجري تصويت مسجل.

*المؤيدون:*

الجزائر، أنغولا، الاتحاد الروسي

*المعارضون:*

ألمانيا، الولايات المتحدة الأمريكية

*الممتنعون:*

سويسرا

اعتمد مشروع القرار الثاني عشر بأغلبية ٣ أصوات مقابل ٢ صوت مع امتناع ١ عضو عن التصويت (القرار ٦٥/٢١٧).

**السيد ندياي** (السنغال) (*تكلم بالفرنسية*): نشكر جميع الأعضاء.

رفعت الجلسة الساعة ١٣/٠٥.
""",
}
NUMBER = {"ar": "٦٥/٢١٧"}


def read(code: str) -> Record:
    return read_opened(text_source(f"{IN_ORDER}\n{MEETINGS[code]}", code)).record


@pytest.mark.parametrize("code", MEETINGS)
def test_the_cover(code: str) -> None:
    record = read(code)
    assert record.language == code
    assert (record.symbol, record.organ, record.session, record.meeting_number, record.status) == (
        "A/65/PV.71", "GA", 65, 71, "final",
    )  # fmt: skip
    assert (record.date, record.scheduled_time) == ("2010-12-21", "10:00")
    assert record.president is not None
    assert record.president.state.code == "CHE"
    assert (record.opened_at, record.closed_at) == ("10:20", "13:05")


@pytest.mark.parametrize("code", MEETINGS)
def test_the_chair_the_item_and_the_vote(code: str) -> None:
    record = read(code)
    (chair,) = record.acts("chair_taken")
    assert chair.affiliation is not None
    assert chair.affiliation.code == "JAM"
    heading = next(item for item in record.body if isinstance(item, Heading))
    assert (heading.items, heading.continued) == (("68",), True)
    (vote,) = record.votes()
    assert vote.method == "recorded"
    assert [s.code for s in vote.in_favour] == ["DZA", "AGO", "RUS"]
    assert [s.code for s in vote.against] == ["DEU", "USA"]
    assert [s.code for s in vote.abstaining] == ["CHE"]
    (decision,) = record.decisions
    assert (decision.outcome, decision.how) == ("adopted", "vote")
    assert decision.number == NUMBER.get(code, "65/217")
    assert decision.totals is not None
    totals = decision.totals
    assert (totals.in_favour, totals.against, totals.abstaining) == (3, 2, 1)
    assert [(t.capacity, t.language) for t in record.turns()] == [
        ("president", "en"), ("member", "fr"),
    ]  # fmt: skip
