"""The stop words of Italian and English, folded: lower case, no accents.

Function words, the forms of to be and to have, question words, elided forms (`dell'`, `quest'`) and
what is left of English contractions. Words that also carry meaning in the news stay out of it (`stato`,
`sara`, `may`). Knows nothing of stems.
"""

_ITALIAN = """
a ad ai al alla alle allo agli all anche anch ancora c cio ci cioe che chi ciascun ciascuna ciascuno cui col coi
coll come com cosa cos cose cosi cosicche d da dal dalla dalle dallo dagli dai dall de del della delle dello
degli dei dell di dove dov dunque e ed eppure essa esse essi esso era erano eravamo eravate eri ero fa fra fu
fui fummo furono fosse fossero fossi foste fosti gl gli gia ha hai hanno ho abbia abbiamo abbiano abbiate avesse
avessero avessi aveva avevano avevamo avevate avevi avevo avemmo avendo avente avere aver avete avrebbe
avrebbero avrei avremmo avremo avrete avrai avra avranno avro avuta avute avuti avuto ebbe ebbero ebbi i il in
inoltre invece io l la le lei li lo loro lui m ma me mentre mi mia mie miei mio mica n ne neanche nei nel nell
nella nelle nello negli nessun nessuna nessuno neppure noi non nostra nostre nostri nostro o od ogni ognuno
oppure ov ovvero pero perche percio piu piuttosto poi poiche po pur pure qua qual quale quali qualche qualcosa
qualcuno qualsiasi qualunque quando quand quant quanta quante quanti quanto quasi quel quell quella quelle
quelli quello quegli quei quest questa queste questi questo qui quindi s sarai saranno sarebbe sarebbero saremmo
saremo sarete saro se sebbene secondo seppure si sia siamo siano siate siete sei sono son sopra sotto solo
soltanto essendo essere esser stava stavano sta stanno su sua sue sugli sui sul sull sulla sulle sullo suo suoi
t tale tali tanta tante tanti tanto te ti tra tramite tu tua tue tuo tuoi tutt tutta tutte tutti tutto u un una
uno v verso vi viene vengono venne vennero voi vostra vostre vostri vostro dopo durante contro oltre presso
entro fino sino circa senza senz attraverso tuttavia allora altra altre altri altro altr proprio proprie propria
propri stessa stesse stessi stesso molto molta molti molte poco poca pochi poche abbastanza appena eccetera ecc
puo possono potuto posso puoi possa possano potrebbe potrebbero potra potranno poteva potevano potesse potessero
deve devono dovra dovranno dovrebbe dovrebbero doveva dovevano dovesse debba debbano dobbiamo vuol nonostante
tranne eccetto chiunque malgrado affinche finche benche anziche ovunque
"""

_ENGLISH = """
a about above after again against all also am an and any are as at be because been before being below between
both but by can could d did do does doing down during each either else ever few for from further had has have
having he hence her here hers herself him himself his how however i if in into is it its itself just ll m me
more most much must my myself neither no nor not o of off on once only or other others our ours ourselves out
over own per re s same shall she should since so some such t than that the their theirs them themselves then
there therefore these they this those though through thus to too under until up upon us ve very was we were what
whatever when whenever where whereas wherever whether which while who whoever whom whose why will with within
without would you your yours yourself yourselves among amongst although towards toward throughout despite
besides versus unless cannot something anything everything nothing everyone someone anyone everybody nobody
somebody via
"""

STOPWORDS = {"it": frozenset(_ITALIAN.split()), "en": frozenset(_ENGLISH.split())}
"""Folded stop words by language code."""
