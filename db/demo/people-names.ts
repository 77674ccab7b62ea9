export type Gender = "m" | "f";

const words = (text: string): string[] => text.trim().split(/\s+/);

export const russianGiven: Record<Gender, string[]> = {
  m: words(`Александр Алексей Андрей Антон Артём Борис Вадим Валерий Василий Виктор Виталий Владимир Вячеслав
    Георгий Глеб Григорий Даниил Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Лев Леонид Максим
    Марат Матвей Михаил Никита Николай Олег Павел Пётр Роман Руслан Рустам Семён Сергей Станислав Степан Тимофей
    Фёдор Эдуард Юрий Ярослав`),
  f: words(`Александра Алина Алла Анастасия Анжела Антонина Валентина Валерия Варвара Вера Вероника Виктория
    Галина Дарья Диана Евгения Екатерина Елена Елизавета Жанна Зинаида Зоя Инна Ирина Карина Кристина Ксения Лариса
    Лидия Любовь Людмила Маргарита Марина Надежда Наталья Нина Оксана Полина Раиса Светлана Софья Таисия Тамара
    Татьяна Ульяна Эльвира Юлия Яна`),
};

/** Male forms; the female form is derived. Names in -енко, -ук, -ян keep their form. */
export const russianSurnames =
  words(`Абрамов Агеев Антипов Барсуков Беспалов Богданов Бондаренко Боровский Бурмистров
  Быстров Васнецов Величко Вишневский Воронин Гаврилов Галкин Герасимов Голубев Горбачук Григорян Данилов Дементьев
  Дорофеев Дубровин Ежов Емельянов Ермаков Жданов Журавлёв Завьялов Зимин Золотарёв Зубков Исаев Калинин Камышев
  Карпенко Кириллов Князев Кольцов Кондратьев Корнеев Котов Кравчук Крылов Кудрявцев Лапин Ларионов Лебединский
  Логинов Лукин Мальцев Маслов Мельниченко Миронов Моисеев Назаров Наумов Нечаев Никитин Озеров Осипов Панфилов
  Петросян Пименов Поляков Прохоров Рогов Родионов Рыбаков Рябинин Савельев Сазонов Сафронов Седов Селезнёв Силин
  Снегирёв Соболевский Стрельцов Суханов Тарасенко Терентьев Тихонов Третьяков Туманов Уваров Ушаков Фадеев Филатов
  Хохлов Царёв Чернов Чистяков Шапошников Шевчук Ширяев Щеглов Щукин Юдин Яковлев`);

export const patronymics: Record<Gender, string[]> = {
  m: words(`Александрович Алексеевич Андреевич Борисович Викторович Владимирович Иванович Михайлович Николаевич
    Олегович Павлович Петрович Сергеевич Юрьевич`),
  f: words(`Александровна Алексеевна Андреевна Борисовна Викторовна Владимировна Ивановна Михайловна Николаевна
    Олеговна Павловна Петровна Сергеевна Юрьевна`),
};

export const englishGiven =
  words(`Abigail Adam Aisha Alan Alice Amelia Amir Beth Bridget Callum Cara Charlotte Chloe
  Colin Daisy Daniel Declan Diana Edward Eleanor Ella Ethan Fiona Freya George Grace Hannah Harriet Henry Imogen Isaac
  Isla Jack Jasmine Joseph Kate Leo Lucy Malik Marcus Megan Mia Nadia Nathan Niamh Nina Oliver Oscar Owen Patrick Penny
  Priya Rachel Rhys Rory Rosie Ruth Samuel Sean Sofia Stella Theo Tom Violet Wendy Zara`);

export const englishSurnames =
  words(`Adeyemi Ainsley Appleby Barlow Beckett Brennan Briggs Calloway Chowdhury Cole
  Cooper Dalton Darby Ellis Farrow Fletcher Forsyth Gallagher Garner Hale Harding Holloway Hughes Ingram Jarvis Keane
  Kendall Khan Lambert Langley Lowe MacKenzie Marsh Mercer Moran Nash Newton O'Connor Okafor Osborne Parry Patel Pike
  Quinn Reid Rowe Sharma Shaw Sinclair Slater Stokes Sutton Tate Thorne Underwood Vaughan Wade Walsh Webb Winslow`);

/** The female form of a Russian surname; foreign endings stay as they are. */
export function femaleSurname(surname: string): string {
  if (/(ский|цкий)$/.test(surname)) return `${surname.slice(0, -2)}ая`;
  if (/[оеё]в$|[иы]н$/.test(surname)) return `${surname}а`;
  return surname;
}
