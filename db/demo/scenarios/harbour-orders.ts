import type { Scenario } from "./scenario.ts";

export const harbourOrders: Scenario[] = [
  {
    topic: "harbour.where",
    subject: "Where is {order}?",
    talk: `
> [[Hi there, || Hello,]] I ordered {product} on {date-7} ({order}) and the tracking hasn't moved since {weekday-3}. Any idea when it'll get to {city}?
< Hi {name}, thanks for your patience. The parcel missed a scan at the depot but left this morning; the courier expects to deliver {wday+1}. Your tracking number is {track}.
> [[Brilliant, thank you. || Great, it's moving now. Cheers!]]
`,
  },
  {
    topic: "harbour.where",
    subject: "order",
    via: "webchat",
    talk: `
> [[hey wheres my stuff || any update on my order? || yo, order status pls]] {order}
< Hi! It's out for delivery today, between {later} and the end of the day. You'll get a text from the driver about 30 minutes before.
> sweet ty
`,
  },
  {
    topic: "harbour.where",
    subject: "Third time asking about {order}",
    priority: "high",
    labels: ["complaint"],
    talk: `
> This is the third time I've written. {order} was promised "within {days}" and that was {date-15}. It was a birthday present. The birthday has been and gone. I'd like either the parcel or my {sum} back, and an explanation.
# The two earlier mails went to the old address. Never reached us, which is no excuse.
< {name}, I'm really sorry. Your first two emails went to an address we stopped reading, and that's on us. The parcel was lost on {date-9}. I can send a new one by courier for tomorrow morning, or refund you in full now. Which would you prefer?
> Refund please. I appreciate the straight answer.
< Done: {sum} is on its way to your card. I've also added a £15 credit, no strings. Happy belated birthday to the lucky person.
`,
    outcome: "refunded",
  },
  {
    topic: "harbour.address",
    subject: "Wrong address on {order}",
    talk: `
> I've just noticed I sent {order} to my old flat. Could you change it to {street}, {city}? I moved on {date-20} and my autofill hasn't caught up!
< Hi {name}, caught it in time. It will now go to {street}, {city}. You may want to fix the saved address in your account too.
> Already done. Thanks so much for being quick.
`,
  },
  {
    topic: "harbour.address",
    subject: "Hold my delivery",
    via: "form",
    talk: `
> We're away from {date+2} to {date+12}. Please don't deliver {order} while we're gone, our last parcel sat in the rain for a week.
<? Of course. Shall I hold it at our warehouse until {date+13}, or send it to a pick-up shop near you where it's kept for 14 days?
> Warehouse please
< All set. It leaves us on {date+13}, and you'll have a text the day before. Enjoy your trip!
`,
  },
  {
    topic: "harbour.missing",
    subject: "Says delivered but nothing here",
    priority: "high",
    talk: `
> Tracking for {order} says "delivered, left in porch" at {time} on {date-1}. I don't have a porch. [[Neighbours haven't seen it either. || I've asked both neighbours and the concierge.]]
<? Hi {name}, that's worrying. The driver's photo shows a green door with the number 14. Is that yours, or a neighbour's you might recognise?
> Ha, that's number 14 on the NEXT street. I'll knock.
>~2 Got it! Lovely lady, she'd been wondering who I was.
< Glad it found its way home. I've passed the photo on to the courier so it doesn't happen again.
`,
  },
  {
    topic: "harbour.missing",
    subject: "Parcel stolen?",
    talk: `
> [[My doorbell camera shows || Our building's camera caught || I have video of]] the courier leaving {product} on the step and someone else walking off with it ten minutes later. Order {order}. I have the clip and a police reference, {ref}. What happens now?
# Insured, claim opened. Don't make them wait for it.
< Hi {name}, so sorry. Please keep the clip for the police. You don't need to wait for the claim: a replacement goes out today and needs a signature this time.
> That's more than I expected. Thank you.
`,
    outcome: "replaced",
  },
  {
    topic: "harbour.return",
    subject: "Return {product}",
    talk: `
> I'd like to return {product} from order {order}. [[Nothing wrong with it, just not right for the room. || It's lovely, but smaller than I'd imagined. || Bought two to compare, keeping the other one.]] How do I do that?
< Hi {name}, no problem. I've emailed a prepaid label to {email}. Drop it at any parcel shop before {date+14}, and the refund follows within {days} of it reaching us.
>~26 Dropped off today, receipt {ref}.
< Received and refunded, {sum}. Thanks for packing it so carefully.
`,
    outcome: "refunded",
  },
  {
    topic: "harbour.return",
    subject: "Missed the 30 days",
    via: "form",
    talk: `
> [[I know I'm outside your 30 days, it's been 34, but || I realise I've missed the return window by four days. || Asking for a favour: I'm four days late for a return, as]] I was in hospital and couldn't send {product} back. Tags still on. Would you consider it? Order {order}.
-> Outside policy by four days, hospital. I'd say yes, can you approve?
< Hello {name}, of course we will. I hope you're on the mend. The label is in your inbox, no deadline on it.
> You've made my week. Thank you both.
`,
  },
  {
    topic: "harbour.refund",
    subject: "Refund not received",
    talk: `
> You confirmed my return of {order} on {date-11}, but there's no {sum} on my statement. Card ending {card4}. [[Should I be worried? || Please chase this up.]]
<? Hi {name}, the refund left us on {date-10}, reference {ref}. Banks can take up to ten working days. Has the card been replaced since you ordered, by any chance?
> It has actually, last week
< That explains it. Your bank will move it to the new card by itself; give them the reference above if it isn't there by {weekday+3}.
>~60 It just popped up. Thanks for knowing that!
`,
  },
  {
    topic: "harbour.refund",
    subject: "Refunded the wrong amount",
    via: "form",
    talk: `
> I returned two items from {order}, but only one was refunded. I'm {sum2} short.
# Both were booked in, the second sat in the queue for quality check. Nothing wrong with it.
< You're right, the second was still with quality check. It's passed, and {sum2} went back to your card a minute ago. Sorry for the scare.
> 👍
`,
    outcome: "refunded",
  },
  {
    topic: "harbour.exchange",
    subject: "Swap for a bigger size",
    via: "webchat",
    talk: `
> [[hi! the || hello, my || heyy so the]] [[wool jumper || linen shirt || deck jacket]] [[arrived today, gorgeous but tiny. || came this morning and it's lovely but way too small.]] can i swap M for L? {order}
< Hello! We have three in L. I've put one aside and emailed you a label. The L ships as soon as the parcel shop scans your return, so you won't wait for it to reach us.
> ooh clever. what if L is too big 😅
< Then we go round again, exchanges are always free.
> perfect, thanks a mil
`,
  },
  {
    topic: "harbour.twice",
    subject: "Charged twice for {order}",
    priority: "high",
    labels: ["payment"],
    talk: `
> My bank shows two payments of {sum} for {order} on {date-1}, one minute apart. I only ordered once. Please refund the extra today.
< Hi {name}, I can see one captured payment and one authorisation that never completed. The second isn't taken: your bank will drop it within {days}. I've cancelled it on our side, so they can release it sooner. Reference {ref}.
>~18 Bank released it this morning. Thanks for explaining it in normal words.
`,
  },
  {
    topic: "harbour.code",
    subject: "Code {promo} won't work",
    talk: `
> [[The code {promo} from your newsletter says "not valid". || Tried {promo} at the checkout, no luck. || Is {promo} still on? It won't apply.]] [[I've got {product} in my basket. || It says it runs until {date+5}.]]
< Hi {name}, the code doesn't apply to sale items, and one in your basket is on sale. It should have said so. I've taken the same amount off by hand; refresh the basket and you'll see it.
> Works! Ordered.
`,
  },
  {
    topic: "harbour.invoice",
    subject: "VAT invoice please",
    via: "form",
    talk: `
> Good morning. Please send a VAT invoice for {order}, made out to the company rather than to me. Company details are on the order notes. We need it before month end.
< Good morning {name}, the invoice is attached to the email we've just sent to {email}. The company name and VAT number are as in your notes.
> Received with thanks.
`,
  },
  {
    topic: "harbour.twice",
    subject: "Unknown charge from you",
    talk: `
> There's a {sum2} charge from "HARBPINE" on my card ending {card4} on {date-3}. I've never shopped with you. Please explain.
<? Hello, thank you for asking before disputing it. We do have an order with that card, sent to {city} with a gift note signed "Love, Grandad". Does that ring a bell?
> Oh for goodness' sake. My father borrowed my card for my daughter's present. Mystery solved, sorry!
< No need to be sorry, it's a good present. Have a lovely day!
`,
  },
];
