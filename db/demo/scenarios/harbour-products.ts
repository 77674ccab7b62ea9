import type { Scenario } from "./scenario.ts";

export const harbourProducts: Scenario[] = [
  {
    topic: "harbour.faulty",
    subject: "Arrived broken",
    labels: ["damage"],
    talk: `
> [[Unfortunately {product} arrived with a crack right through it. || Opened the box and {product} is chipped on one corner.]] Order {order}. The box itself looked fine, so I think the padding was too thin. Photos to follow.
< Hi {name}, thank you for telling us about the padding, that's useful. No need to return it. Would you like a replacement or a refund?
> Replacement please, we love it otherwise
< On its way, double-wrapped, tracking {track}. It should reach {city} {wday+3}.
>~72 Arrived in one piece. Thank you!
`,
    outcome: "replaced",
  },
  {
    topic: "harbour.faulty",
    subject: "Zip broke after a month",
    talk: `
> The zip on my [[deck jacket || canvas jacket]] has given up after five weeks of normal use. I've bought from you for years and this isn't like you. Bought {date-36}, order {order}.
<? Hi {name}, that shouldn't happen. We repair zips for life. Shall we repair yours (about ten days), or swap the jacket for a new one?
> Repair is fine, I'd rather not throw a good jacket away
<~120 Lovely. A prepaid bag is in the post to {city}. I'll check in once the workshop has it.
< The new zip is in and your jacket is on its way back, tracking {track}. We reinforced the bottom stop too.
>~60 Better than new. This is why I keep coming back.
`,
  },
  {
    topic: "harbour.faulty",
    subject: "Lamp hums",
    via: "webchat",
    talk: `
> [[the oak lamp makes a humming noise. is that normal? || my lamp ({order}) hums when its on. is it safe? || hi, ceramic lamp buzzes a bit, normal??]]
<? Hello! A faint hum can come from a dimmer. Is it plugged into one, and which bulb are you using?
> yeah theres a dimmer. bulb is just what was in the drawer
< That's likely it: the lamp needs a bulb marked "dimmable". I'm popping one in the post for you, free.
>~50 it stopped humming!!! you legends
`,
  },
  {
    topic: "harbour.stock",
    subject: "Back in stock?",
    talk: `
> [[When will {product} be back? || Is {product} gone for good? || Hi, do you know when you'll restock {product}?]] [[My sister has one and I'm jealous. || I've been watching the page for weeks.]]
<~96 Hi {name}, the next batch lands on {date+6}. I've put your name on one and will write as soon as it's on the shelf, with no obligation.
< Hello again! It's in, and yours is reserved until {date+10}. Here's hoping it was worth the wait.
> Bought! Thank you for remembering me.
`,
  },
  {
    topic: "harbour.stock",
    subject: "Do you ship to Ireland / Canada?",
    via: "webchat",
    talk: `
> do you ship to [[ireland || canada || norway || new zealand]]? and is customs included
< Hello! Yes. Duties are worked out at the checkout and paid there, so nothing to pay at the door. Delivery takes about {days} once it leaves us.
> and returns?
< Returns from abroad are at your cost unless it's our fault, sorry about that. We'd rather say it now than later.
> fair enough, thanks
`,
  },
  {
    topic: "harbour.care",
    subject: "How do I wash this?",
    talk: `
> [[The label on my wool jumper says || Quick laundry question: my jumper's label says]] hand wash only, but your website says machine wash, wool cycle. Which one is it? I've [[ruined || felted]] [[one jumper || two jumpers || a favourite jumper]] this year already and would like to stop there.
< Hi {name}, the website is right for jumpers bought after the summer; the label is from an old roll. Wool cycle, 30 degrees, dry flat, and never the tumble dryer.
>~30 Washed, dried, still fits. Phew.
`,
  },
  {
    topic: "harbour.care",
    subject: "Sizing question",
    via: "webchat",
    talk: `
> whats the sizing like on the linen shirt? i'm [[6'1 || 6'0 || 6'2]] and usually [[between M and L || an L, sometimes M]]
< Hi! It's cut generously. Most people your height take M for a neat fit or L to wear open over a T-shirt. Chest is 54 cm flat in M, 57 in L.
> L it is, thanks
`,
  },
  {
    topic: "harbour.care",
    subject: "Oiling the oak board",
    via: "form",
    priority: "low",
    talk: `
> [[Hello! || Good evening, || Hi there,]] I've had your oak board since {date-30} and it's looking dry. Which oil should I use, how often, and is olive oil really as bad as my mother-in-law says? (Asking for peace in the family.)
< Hello {name}! Food-grade mineral oil or our board balm, once a month. And I'm afraid your mother-in-law is right: olive oil goes rancid. You didn't hear it from us.
> She will never let me forget this. Thank you!
`,
  },
  {
    topic: "harbour.faulty",
    subject: "Missing screws",
    talk: `
> {order}: the shelf came without the bag of screws. [[Four M6 I think. || Page 3 of the leaflet says there should be eight.]] Could you post some? I don't need a new shelf.
< Hi {name}, screws are in today's post in a padded envelope, with two spare. Should be with you {wday+2}.
>~50 Shelf is up, books are on. Cheers
`,
  },
  {
    topic: "harbour.faulty",
    subject: "Got someone else's order",
    talk: `
> I opened my parcel and it isn't mine: it's a set of mugs for someone in {city}, with their invoice inside. Mine was {product}, order {order}. I haven't touched the rest.
## That's a data incident too: the invoice shows a stranger's address. Logged with privacy.
< Thank you for being so careful, {name}. A courier will collect the parcel tomorrow, and yours leaves today. Please leave the invoice in the box. We've told the other customer as well.
>~24 Collected this morning. Mine arrived too.
`,
  },
  {
    topic: "harbour.signin",
    subject: "Can't log in",
    via: "webchat",
    talk: `
> [[can't log in, reset email never arrives || password reset link says expired every single time]]. email is {email}
< Hi! I can see four reset emails, each one cancels the one before. Please use only the newest, sent just now. It's good for an hour.
> that was it. maybe say that in the email?
< Good point, I've passed it on. Anything else I can do?
> nope all good
`,
  },
  {
    topic: "harbour.signin",
    subject: "Someone changed my email",
    priority: "urgent",
    labels: ["security"],
    talk: `
> [[I got a message that the email on my account was changed. It wasn't me. || HELP. Your system says I changed my email today. I did not. || Someone has changed the email on my account, and it certainly wasn't me.]] My saved card is in there! Account is {email}.
< {name}, I've frozen the account and signed out every session. No order was placed, and the card can't be read from the account, only its last four digits. Please change the password of your mailbox too, as a precaution.
# Sign-in from a new country with the right password, so it was reused elsewhere. Advised two-step sign-in.
<? I've sent a link to restore the account to your original address. Could you confirm once you're back in?
> Back in, two-step turned on. My heart rate is returning to normal.
`,
  },
  {
    topic: "harbour.data",
    subject: "Delete my account and data",
    via: "form",
    labels: ["privacy"],
    talk: `
> Please delete my account ({email}) and all personal data you hold about me, and confirm when it's done.
<? Hello {name}, we can do that. Tax law makes us keep invoices for six years; everything else goes. To be sure it's you, please click the link we've sent to that address.
> Clicked.
-> Identity confirmed by the link. Please run the erasure.
< Done: your profile, addresses, messages and marketing history are gone. The invoices are locked away until the law lets us delete them. This ticket's personal details go too, in seven days.
`,
  },
  {
    topic: "harbour.stock",
    subject: "Wedding list order",
    via: "form",
    labels: ["gifts"],
    talk: `
> Hi, we're planning a wedding for {date+33} and would love {product} for 8 tables. Is there a discount for that many? Could they arrive in two batches? And would you engrave initials?
<? Congratulations! For eight we take 12 % off. Two batches are fine. Engraving takes a week: could you send the initials, and the date of the first delivery?
> Initials R & T, first half by {date+20} please
-> Eight pieces, engraving R & T, two batches. Could you book the workshop?
< Booked. The first four arrive by {date+20}, the rest a week later. The quote for {sum} is in your inbox.
> Paid. You've been a joy compared with the caterers!
`,
  },
];
