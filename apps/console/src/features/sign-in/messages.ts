import { defineMessages } from "../../shared/i18n/i18n.ts";

export const { useT } = defineMessages("sign-in", {
  ru: {
    title: "Вход",
    heading: "С возвращением",
    text: "Войдите, чтобы открыть своё окно заявок.",
    email: "Почта",
    password: "Пароль",
    submit: "Войти",
    "email.empty": "Введите почту, на которую вас пригласили.",
    "email.wrong": "Это не похоже на адрес почты.",
    "password.empty": "Введите пароль.",
    wrong: "Почта или пароль не подходят. Проверьте раскладку и Caps Lock.",
    wait: "Слишком много попыток. Следующая через {seconds, plural, one {# секунду} few {# секунды} many {# секунд} other {# секунды}}.",
    "wait.over": "Можно попробовать ещё раз.",
    help: "Забыли пароль? Попросите администратора прислать одноразовую ссылку.",
  },
  en: {
    title: "Sign in",
    heading: "Welcome back",
    text: "Sign in to open your window of tickets.",
    email: "E-mail",
    password: "Password",
    submit: "Sign in",
    "email.empty": "Enter the e-mail you were invited by.",
    "email.wrong": "This does not look like an e-mail address.",
    "password.empty": "Enter the password.",
    wrong: "The e-mail or the password does not match. Check the keyboard layout and Caps Lock.",
    wait: "Too many attempts. The next one in {seconds, plural, one {# second} other {# seconds}}.",
    "wait.over": "You can try again now.",
    help: "Forgot the password? Ask an administrator for a one-time link.",
  },
});
