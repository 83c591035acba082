"""Words of the field and of its time that dictionaries lack: known wherever English is read."""

from __future__ import annotations

_WORDS = """
    admin blog blogs blogging inbox inline hotspot hotspots timeline timelines workflow workflows playbook playbooks
    watchlist webcam texting screenshot screenshots cryptocurrency crypto meme memes telecom telecoms pharma rainforest
    podcasting interpretability smartphone smartphones laptop laptops vaping vape vapes screenings lockdown lockdowns
    webinar webinars podcast podcasts infographic infographics factsheet factsheets toolkit toolkits dataset
    datasets website websites webpage webpages hashtag hashtags livestream livestreamed chatbot chatbots spambot
    spambots influencer influencers whistleblower whistleblowers crowdfunding onboarding upskilling reskilling
    telehealth telemedicine telepsychiatry ehealth mhealth wellbeing wellness healthcare caregiver caregivers
    carer carers comorbidity comorbidities multimorbidity naloxone buprenorphine methadone fentanyl ketamine
    psilocybin taser tasers neurodivergent neurodiverse neurodiversity neurodevelopmental psychoeducation
    psychosocial psychopharmacology transdiagnostic biopsychosocial deprescribing medicalisation medicalization
    medicalised medicalized destigmatise destigmatize destigmatising deinstitutionalisation
    deinstitutionalization reablement respite coproduce coproduced coproduction codesign codesigned coercive
    incentivise incentivize incentivised incentivising operationalise operationalize prioritise prioritising
    mainstreaming timeframe timeframes stocktake roadmap roadmaps intersectional intersectionality cisgender
    transgender nonbinary asexual intersex lgbtq whanau whānau hapū hapu iwi maori māori pakeha pākehā pasifika
    tangata kaupapa aotearoa wharerātā learnt spelt combatting combatted focussed focussing focusses targetted
    wilful wilfully centred centring untrusting unconference keynote plenary clinician clinicians prescriber
    prescribers safeguarding signposting homelessness
"""
KNOWN_WORDS = frozenset(_WORDS.split())
