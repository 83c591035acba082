"""Words of the field and of its time that dictionaries lack: known wherever English is read."""

from __future__ import annotations

_WORDS = """
    admin blog blogs blogging inbox inline hotspot hotspots timeline timelines workflow workflows playbook playbooks
    watchlist webcam texting screenshot screenshots cryptocurrency crypto meme memes telecom telecoms pharma
    rainforest podcasting interpretability smartphone smartphones laptop laptops vaping vape vapes screenings
    lockdown lockdowns webinar webinars podcast podcasts infographic infographics factsheet factsheets toolkit
    toolkits dataset datasets website websites webpage webpages hashtag hashtags livestream livestreamed chatbot
    chatbots spambot spambots influencer influencers whistleblower whistleblowers crowdfunding onboarding upskilling
    reskilling telehealth telemedicine telepsychiatry ehealth mhealth wellbeing wellness healthcare caregiver
    caregivers carer carers comorbidity comorbidities multimorbidity naloxone buprenorphine methadone fentanyl
    ketamine psilocybin taser tasers neurodivergent neurodiverse neurodiversity neurodevelopmental psychoeducation
    psychosocial psychopharmacology transdiagnostic biopsychosocial deprescribing medicalisation medicalization
    medicalised medicalized destigmatise destigmatize destigmatising deinstitutionalisation deinstitutionalization
    reablement respite coproduce coproduced coproduction codesign codesigned coercive incentivise incentivize
    incentivised incentivising operationalise operationalize prioritise prioritising mainstreaming timeframe
    timeframes stocktake roadmap roadmaps intersectional intersectionality cisgender transgender nonbinary asexual
    intersex lgbtq whanau whānau hapū hapu iwi pakeha pākehā tangata kaupapa wharerātā learnt spelt combatting
    combatted focussed focussing focusses targetted wilful wilfully centred centring untrusting unconference keynote
    plenary clinician clinicians prescriber prescribers safeguarding signposting homelessness acknowledgement
    acknowledgements adaptor adoptee adoptees aeroplane aeroplanes affordability affordably agranulocytosis
    akathisia alexithymia aluminium anhedonia anonymised anonymized app apps aripiprazole artefact artefacts
    atomoxetine barangay barangays benzodiazepine benzodiazepines bioenergy bushfire bushfires cafe cafes café cafés
    cannabinoid cannabinoids cardio casemix cheque cheques commodified confounders conservatorship conservatorships
    cosy costed councillor councillors criminalised criminalized crowdsource cyber cybercrime cybersecurity cyclothymia
    despatch downloadable draught draughts dreamt dyskinesia dysphagia dysphoria dysthymia dystopian
    electroconvulsive email emails enquiries enquiry euro euros expat expats extranet favela favelas favourably
    fluoxetine flyer flyers fora formulae frontline frontotemporal fundraiser fundraisers fundraising gamification
    gamified gatekeeping gemeente gemeenten generalisable generalizable genomic genomics globalisation globalization
    governorate governorates grey greyed habilitation haloperidol handwashing hauora headteacher headteachers
    heatwave heatwaves hepatology hinengaro homecare hotline hotlines hui hypomania hypomanic immunoglobulin
    impactful inclusivity indices indigeneity infectivity innovatively inreach instil instils internet intranet
    intrapartum jewellery jobseeker jobseekers judgement judgemental judgements kaiawhina kaimahi kaiāwhina karakia
    kaumatua kaumātua kerb kerbs keyworker keyworkers kommun kommuner kratom lamotrigine landsting leapt lifecycle
    lifelong livestreaming login logins malware mana manaakitanga manoeuvre manoeuvres marae matauranga memoranda
    mentee mentees metadata metformin methylphenidate microbiome microdata millennia millennial minoritised
    minoritized mokopuna moratoria mould mouldy multilateralism multisite municipal mātauranga neoliberal
    neoliberalism neonatology nephrology neuroleptic neuroleptics nitazenes nought oblast oblasts offline olanzapine
    ombudsperson ombudspersons oncological online orthorexia otolaryngology overpayment overpayments paliperidone
    parasuicide password passwords pathologisation pathologise pathologising pathologization pathologize
    pathologizing peacekeeper peacekeepers pepi peripartum phishing plough polypharmacy postvention prefectural
    presenteeism preterm prioritisation prioritization proactively prodromal protester protesters protestor
    protestors pseudonymised pseudonymized pēpi quetiapine racialised racialized rangatahi rapporteurs relatable
    renewables ringfenced risperidone rohe rollout rongoa rongoā roundtable roundtables sanitation sceptic sceptical
    scepticism sceptics searchable secondments securitisation selfie selfies seroprevalence sertraline sexting
    sizeable spam specialities speciality stepfamilies storey storeys stressor stressors suicidality sulphur
    sustainably syndemic takatāpui tamariki tangihanga taskforce taskforces telecare telework teleworking tikanga
    tinana tradable tranquilliser tranquillisers transformative trichotillomania tyre tyres tāne underperforming
    underserved unsubscribe username vasculature videoconference videoconferences videoconferencing virtualisation
    vodcast wahine wairua weaponised weaponized webcast webcasts whaiora whakapapa whanaungatanga whisky
    whistleblowing workplan workplans workstream workstreams wāhine xylazine yoghurt
"""
KNOWN_WORDS = frozenset(_WORDS.split())
