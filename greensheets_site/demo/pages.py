"""The pages that staff edit, with text that is fit to be used."""

from django.conf import settings
from django.contrib.flatpages.models import FlatPage

TEXTS = {
    "/about/": (
        "About Greensheets",
        """
<p>Greensheets: Vacancies in Schools is a weekly publication for people who want to work in schools. It has appeared every week of term since 1997, in two bulletins: one for teaching staff, one for support staff.</p>
<p>The bulletins are posted to more than 1,400 schools in thirteen education authority areas, to arrive early in the working week. The same adverts appear on this website every Monday of term, and in an email to everybody who asks for it.</p>
<h3>Our promise to readers</h3>
<ul>
<li>You need no account, and we set no cookies to follow you.</li>
<li>Where a post is for part of the week or part of the year, we ask the school what it really pays, and print that figure.</li>
<li>An advert leaves the list at the minute it closes.</li>
</ul>
<h3>Who we are</h3>
<p>Greensheets is produced by {name}. Telephone {telephone}, email <a href="mailto:{email}">{email}</a>, or write to us at {address}.</p>
""",
    ),
    "/advertise/": (
        "Advertise a post",
        """
<p>One advert appears in three places on the same Monday: on this website, in the printed bulletin that goes to every school in our thirteen areas, and in the email to our readers.</p>
<h3>How to send your advert</h3>
<p>Email the text to <a href="mailto:{email}">{email}</a> as you would print it yourself: there is no form to fill in and no limit of words. We typeset it, send you a proof, and ring you if anything is missing.</p>
<p>Please tell us:</p>
<ul>
<li>the title of the post, the school and where it is</li>
<li>the pay, and for support posts the hours a week, the weeks a year and what they come to in pounds</li>
<li>when applications close: the day and the time</li>
<li>when you hope to hold interviews, and whether visits are welcome</li>
<li>how to apply, and whom to ring</li>
<li>your safeguarding statement, if you have one of your own</li>
</ul>
<p>Copy for a Monday's edition should reach us by noon on the Thursday before. Bank holidays bring that forward; the dates on this page are the ones that count.</p>
<p>To ask about prices, or about several adverts at once, telephone {telephone}.</p>
""",
    ),
    "/privacy/": (
        "Privacy and cookies",
        """
<p>This page says what we know about you, why, and for how long. {name} is responsible for it; write to <a href="mailto:{email}">{email}</a> with any question.</p>
<h3>Looking at this website</h3>
<p>We set no cookies on visitors who read adverts, and load nothing from anybody else's website. A cookie is used on the pages that hold a form, for as long as it takes to send it, so that nobody else can send it in your name. There are no statistics that could recognise you.</p>
<h3>The mailing list</h3>
<p>If you join, we keep your email address, the areas and posts that you chose, and a record of when you agreed and to which words. We use them to send you the weekly email and for nothing else. Each email has a link with which you can leave at once, change your choices, download what we hold or have it erased. Addresses that were never confirmed are erased after 7 days, and addresses that have left after 28.</p>
<p>If you leave or complain we keep a scrambled form of your address, from which it cannot be read, so that it is not written to again by mistake.</p>
<p>We do not record whether you opened an email or followed a link in it.</p>
<h3>Messages to us</h3>
<p>What you send with the contact form is read by our staff and erased after a year.</p>
<h3>People named in adverts</h3>
<p>The names, telephone numbers and addresses of contacts are removed from adverts 12 weeks after they close, on the website and in the archived bulletins.</p>
<h3>Your rights</h3>
<p>You may see what we hold about you, have it put right or erased, and object to how we use it. If we cannot settle a complaint, you may take it to the <a href="https://ico.org.uk/make-a-complaint/">Information Commissioner</a>.</p>
""",
    ),
    "/accessibility/": (
        "Accessibility",
        """
<p>Everybody who is looking for work in a school should be able to use this website. It is made to meet the Web Content Accessibility Guidelines 2.2 at level AA.</p>
<ul>
<li>Every page works with a keyboard alone, with a screen reader and without JavaScript.</li>
<li>Text can be enlarged to four times its size without scrolling sideways.</li>
<li>Colours follow the light or dark setting of your device, and nothing is told by colour alone.</li>
<li>Nothing on the site moves by itself or runs out of time.</li>
</ul>
<h3>What is not yet as it should be</h3>
<p>Documents that schools attach to their adverts are theirs, and some cannot be read aloud. Ask us, or the school, for the text in another form. Printed bulletins from before this website were scanned from paper.</p>
<h3>Tell us</h3>
<p>If something does not work for you, email <a href="mailto:{email}">{email}</a> or telephone {telephone}. We answer within two working days, and can send adverts in large print or as plain text.</p>
<p>If you are not content with our answer, the <a href="https://www.equalityadvisoryservice.com/">Equality Advisory and Support Service</a> can advise you.</p>
""",
    ),
}  # fmt: skip


def flat_pages() -> list[FlatPage]:
    return [
        FlatPage(pk=pk, url=url, title=title, content=text.strip().format(**settings.PUBLISHER))
        for pk, (url, (title, text)) in enumerate(TEXTS.items(), start=1)
    ]
