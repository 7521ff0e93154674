"""A question that comes as in a letter: who asks and what for before it, thanks behind it. Knows only wording.

"I am writing my thesis on the North, and would like to know when the treaty was signed, thank you" asks when the treaty
was signed. What is searched and read is that; what is not sure to be a preamble stays.
"""

import re

_ASKS = {
    "it": r"(?:(?:in|a|di|da|per|con|su)[ ])?(?:che|cosa|chi|quando|dove|perch[eé]|come|quant[oaie]|qual[ei]?)\b",
    "en": r"(?:(?:in|at|to|by|with|for|from|on)[ ])?(?:what|who|whom|whose|when|where|why|how|which)\b",
}
_WISHES = {
    "it": r"""(?:(?:vorrei|volevo|vorremmo|voglio|vogliamo|desidero|devo|dobbiamo|dovrei|mi[ ]piacerebbe|cerco[ ]di
          |(?:ho|avrei|abbiamo|avremmo)[ ]bisogno[ ]di|mi[ ]serve)[ ](?:sapere|capire|scoprire|conoscere)
        |(?:sai|sa|sapete|puoi|pu[oò]|potete|potresti|potrebbe|potreste|sapresti|saprebbe|sapreste)[ ]
          (?:per[ ](?:favore|cortesia)[ ])?(?:dirmi|dirci|spiegarmi|spiegarci|indicarmi|indicarci)
        |mi[ ](?:chiedo|domando|chiedevo|domandavo)|ci[ ](?:chiediamo|domandiamo)|dimmi|ditemi|mi[ ]dica)""",
    "en": r"""(?:(?:i|we)(?:['’]?d|['’]m|['’]re|[ ]would|[ ]am|[ ]are)?[ ](?:like|love|want|wanted|need|needed|wish|have|trying|hoping)
          [ ]to[ ](?:know|learn|understand|find[ ]out)
        |(?:can|could|would)[ ]you[ ](?:please[ ]|kindly[ ])?(?:tell|explain[ ]to)[ ](?:me|us)
        |(?:please[ ])?(?:tell|remind)[ ](?:me|us)|(?:asked|told|wants)[ ](?:me|us)[ ]to[ ]find[ ]out
        |i[ ]wonder|(?:i|we)[ ](?:was|were|am|are)[ ]wondering)""",
}
_POLITE = {
    "it": r"(?:per[ ]favore|per[ ]cortesia|se[ ]possibile|gentilmente|esattamente)",
    "en": r"(?:please|if[ ]possible|kindly|exactly)",
}
_BEFORE = {
    code: re.compile(
        rf"^.*?\b{_WISHES[code]}[\s,:]+(?:{_POLITE[code]}[\s,]+)*(?={_ASKS[code]})", re.IGNORECASE | re.VERBOSE
    )
    for code in _ASKS
}
_BEHIND = re.compile(
    r"""(?:[\s,;.?!–-]+(?:(?:can|could)[ ]you[ ](?:please[ ])?help(?:[ ](?:me|us))?(?:[ ](?:with[ ](?:this|that|it)|out))?
        |(?:many[ ])?thanks?(?:[ ]you)?(?:[ ](?:in[ ]advance|a[ ]lot|so[ ]much|very[ ]much))?|please
        |(?:mi[ ])?(?:potete|puoi|pu[oò]|potreste|potresti)[ ](?:aiutarmi|aiutarci|aiutare)
        |(?:molte[ ]|tante[ ])?grazie(?:[ ](?:mille|in[ ]anticipo|tante|infinite))?|per[ ]favore))+[\s?!.]*$""",
    re.IGNORECASE | re.VERBOSE,
)


def proper(question: str, language: str) -> str:
    """Return a question without its preamble and its thanks; itself, where nothing is sure to be one.

    Args:
        question: on one line.
        language: "it" or "en".
    """
    # What asks from its first word on asks that, whatever somebody in it would like to know.
    asks = re.match(_ASKS[language], question, re.IGNORECASE | re.VERBOSE)
    before = None if asks else _BEFORE[language].match(question)
    rest = question[before.end() :] if before else question
    behind = _BEHIND.search(rest)
    if behind and behind.start():
        rest = f"{rest[: behind.start()].rstrip(' ,;.?!–-')}?"
    return rest if any(map(str.isalnum, rest)) else question
