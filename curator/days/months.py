"""The names of the months as the pages of many countries write them. Its spelling is not checked: it is not English."""

# From January to December: English, German, French, Spanish, Portuguese, Italian, Dutch, Danish and Norwegian,
# Swedish, Finnish (whose dates stand in the partitive, which `kuuta` ends), Māori, Welsh, Irish. Folded: no accents.
NAMES = """
    january februar march april may june july august september october november december
    januar februar marz april mai juni juli august september oktober november dezember
    janner feber marz april mai juni juli august september oktober november dezember
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    januari februari maart april mei juni juli augustus september oktober november december
    januar februar marts april maj juni juli august september oktober november desember
    januari februari mars april maj juni juli augusti september oktober november december
    tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu
    kohitatea huitanguru poutu-te-rangi paenga-whawha haratua pipiri hongongoi here-turi-koka mahuru
    whiringa-a-nuku whiringa-a-rangi hakihea
    ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr
    eanair feabhra marta aibrean bealtaine meitheamh iuil lunasa mean-fomhair deireadh-fomhair samhain nollaig
"""
SHORT = """
    jan feb mar apr may jun jul aug sep oct nov dec
    jan feb mrz apr mai jun jul aug sept okt nov dez
    janv fevr mars avr mai juin juil aout sept oct nov dec
    ene feb mar abr may jun jul ago sept oct nov dic
    gen feb mrt apr mag giu lug ago set ott nov dic
    jan fev mar abr mei jun jul ago set out nov des
"""
