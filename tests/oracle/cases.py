"""Short files with one fault each: all that can be wrong with a file before its schema is asked."""

CONTENT = (
    "x & y", "x &foo; y", "x &foo y", "x &amp y", "x &#38 y", "x &#xZ; y", "x &#; y", "x &#x; y",
    "x &#12a; y", "x &#0; y", "x &#xFFFE; y", "x &#x110000; y", "x &#99999999999999; y",
    "x &#xD800; y", "x ]]> y", "x ]]]]> y", "x ]] > y", "]]>", "x < y", "x <1 y", "x <", "x <=",
    "x <!foo>", "x <!->", "x <!-- a -- b -->", "x <!-- a --- b -->", "x <!-- a --->", "x <!---->",
    "x <!--->", "x <!-- a ", "x <!-- a --", "x <!-- a -", "x <![CDATA[ abc ", "x <![CDATA[ abc ]]",
    "x <![CDAT[ abc ]]>", "x <!DOCTYPE a>", "x <?xml version='1.0'?>", "x <?XmL foo?>",
    "x <?xmlfoo bar?>", "x <? foo?>", "x <?foo", "x <?foo?>", "x <?foo bar?", "x <?foo,bar?>",
    "x <?foo?bar?>", "x <?a:b c?>", "x <?1?>", "x <?>", "x <b>", "x <b></b", "x <b></ b>",
    "x <b></b >", "x <b></b c>", "x <b></bc>", "x <b></>", "<b", "<b c></b>", "<b c=></b>",
    "<b c=d></b>", "<b c='d></b>", "<b c='d' c='e'></b>", "<b c='d'e='f'></b>", "<b c='d' / >",
    "<b c='d' /x></b>", "<b c='a<b'/>", "<b c='a&b'/>", "<b c='a&b;'/>", "<b c='a&#0;'/>",
    "<b 1='x'/>", "<b c = 'x' d\n='y'/>", "<b =''/>", "<b x:c='x'/>", "<x:b/>", "<x:b></x:b>",
    "<x:b c='1' y:d=''/>", "<:b/>", "<x:/>", "<x:y:z/>", "<b x:y:z='1'/>", "<b :z='1'/>",
    "<b z:='1'/>", "<b xmlns:='1'/>", "<b xmlns:x=''/>", "<b xmlns:xml='x'/>",
    "<b xmlns:x='http://www.w3.org/XML/1998/namespace'/>", "<b xmlns:xmlns='x'/>",
    "<b xmlns='http://www.w3.org/2000/xmlns/'/>", "<xmlns:b/>",
    "<b xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<b xmlns='u' xmlns='v'/>",
    "<b xmlns:p='u' xmlns:q='u' p:c='' q:c=''/>", "<b xmlns:p='u' xmlns:p='v'/>", "<b><c></b></c>",
    "<b></A>", "\x01", "x\x01y", "<b c='\x01'/>", "\ufffe", "\uffff", "<!-- x\x0b-->",
    "<![CDATA[x\x0b]]>", "<?p x\x0b?>", "x\x00y", "<b\x01/>", "<b \x01/>", "</a\x01>", "&#x1;",
    "&\x01;", "x\r\n\r<b>", "x\ry<b>", "<b\r\nc='\n\r\r\nd' e>", "😀😁<b>", "<b c='😀' d='😀>",
    "&#xD;&#10;\x85\u2028<b>", "é<é></à>", "<é à='1'/>", "<é à=1/>", "<b.-c_·/>", "<-b/>",
    f"<{'n' * 1001}/>", f"<b {'n' * 1001}='1'/>",
    "<b " + " ".join(f"a{number}=''" for number in range(10_001)) + "/>",
)  # fmt: skip
"""Put inside the element ``a``."""

WHOLE = (
    "", "\n", "\n\n  ", "<a><b/></a><c/>", "<a/>x", "<a/>  &amp;", "<a/></a>",
    "<a/><!-- x --> <?p q?> ", "<a/><!-- x -- > <?p q?> ", "<a/><![CDATA[x]]>", "<a/><!DOCTYPE a>",
    "<a/><?xml version='1.0'?>", "<a/><", "<a/><!", "<a/><!-", "<a/><x", "<a>", "<a", "<", "<a><b>",
    "<a></", "<a></a", "<a></b>", "<a b", "<a b=", "<a b='", "<a/", "<a/x", "<a /", "<!", "<!-",
    "<!-- x", "<!-- x -- y --><a/>", "<!DOCTYPE a><a/>", "<!DOCTYPE a", "<!doctype a><a/>",
    "<!DOCTYPE", "<!DOC a>", "<?", "<?x", "<?x y", "&amp;<a/>", "x<a/>", "  x", "</a>", "]]>",
    " <?xml version='1.0'?><a/>", "<1/>", "< a/>", "<!--\x01--><a/>", "<?p x\x0b?><a/>", "\x01<a/>",
    "<a/>\x01", "<a>\u00a0</a>\u00a0", "\ufeff\ufeff<a/>", "\ufeff<a></b>", "<a>x &foo", "<a>x &",
    "{\"a\": 1}", "a;b;c\n1;2;3",
)  # fmt: skip

DECLARATIONS = (
    "<?xml?>", "<?xml ?>", "<?xml version?>", "<?xml version=?>", "<?xml version=1.0?>",
    "<?xml version='1.0?>", "<?xml version='1.0'", "<?xml version='1.0'?", "<?xml version='1.0' >",
    "<?xml version='1.0'/>", "<?xml version='1.0'?><", "<?xml version='2.0'?>",
    "<?xml version='1.1'?>", "<?xml version='1.5'?>", "<?xml version=' 1.0'?>",
    "<?xml version=''?>", "<?xml encoding='UTF-8'?>", "<?xml encoding='UTF-8' version='1.0'?>",
    "<?xml version='1.0' version='1.0'?>", "<?xml version='1.0'encoding='UTF-8'?>",
    "<?xml version='1.0' encoding='UTF-8'standalone='yes'?>",
    "<?xml version='1.0' encoding='UTF-8' standalone='maybe'?>",
    "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>",
    "<?xml version='1.0' encoding='UTF-8' encoding='UTF-8'?>",
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' foo='1'?>",
    "<?xml version='1.0' foo='1'?>", "<?xml foo='1'?>", "<?xml standalone='yes'?>",
    "<?xml version='1.0' encoding=''?>", "<?xml version='1.0' encoding='é'?>",
    "<?xml version='1.0' encoding='foo bar'?>", "<?xml version='1.0' encoding='foo'?>",
    "<?xml version='1.0' encoding='utf8'?>", "<?xml version='1.0' encoding='UTF_8'?>",
    "<?xml version='1.0' encoding='UTF-16'?>", "<?xml version='1.0' encoding='UTF-16LE'?>",
    "<?xml version='1.0' encoding='UTF-32'?>", "<?xml version='1.0' encoding='ISO-10646-UCS-4'?>",
    "<?xml version='1.0' encoding='US-ASCII'?>", "<?xml version='1.0' encoding='iso-8859-1'?>",
    "<?xml version='1.0' encoding='ISO-8859-15'?>", "<?xml version='1.0' encoding='Windows-1252'?>",
    "<?xml version='1.0' encoding='cp1252'?>", "<?xml version='1.0' encoding='ansi'?>",
    "<?xml version='1.0' encoding='MacRoman'?>", "<?xml version='1.0' encoding='macintosh'?>",
    "<?xml version='1.0' encoding='UTF-7'?>", "<?xml version='1.0' encoding='IBM037'?>",
    "<?xml version='1.0' encoding='Cp850'?>", "<?xml version='1.0' encoding=UTF-8?>",
    "<?xml version='1.0' encoding?>", "<?xml version='1.0' standalone=?>",
    "<?xml  version = '1.0'   encoding = \"UTF-8\"  ?>", "<?xml version='1.0\" ?>",
    "<?xml version='1<0'?>", "<?XML version='1.0'?>", "<?xmlversion='1.0'?>",
    "<?xml:version='1.0'?>", "<?xml-stylesheet href='x'?>", "<?xml\tversion='1.0'?>",
    "<?xml@version='1.0'?>", "<?xml version='1.0' ? >", "<?xml version='1.0'??>", "<?xml version",
    "<?xml", "<?xml ", "<?xm", "<?xml version='", "<?xml version='1", "<?xml x",
    "<?xml\r\nversion='1.0'\r\n\r encoding='x'?>", "<?xml version='1\x010'?>",
)  # fmt: skip
"""Put before ``<a>é€</a>`` and a line feed when they are whole."""

FLUX_CONTENT = (
    "", "x", "<cpf:idFlux>a<x>b</x>c</cpf:idFlux>",
    "<cpf:idFlux>a<cpf:flux>b</cpf:flux>c</cpf:idFlux>",
    "<cpf:idFlux>a<x xsi:type='cpf:genre'>M</x>c</cpf:idFlux>", "<cpf:idFlux><x/>a</cpf:idFlux>",
    "<cpf:idFlux foo='1' cpf:bar='2' xml:lang='fr'>a</cpf:idFlux>",
    "<cpf:idFlux xsi:nil='true'> </cpf:idFlux>", "<cpf:idFlux xsi:nil='maybe'> </cpf:idFlux>",
    "<cpf:idFlux xsi:foo='maybe'> </cpf:idFlux>", "<cpf:idFlux xsi:type='foo'> </cpf:idFlux>",
    "<cpf:idFlux xsi:type='x:foo'> </cpf:idFlux>", "<cpf:idFlux xsi:type='1foo'> </cpf:idFlux>",
    "<cpf:idFlux xsi:type=''> </cpf:idFlux>", "<cpf:idFlux xsi:type='cpf:genre'> </cpf:idFlux>",
    "<cpf:idFlux xsi:type='cpf:flux'> </cpf:idFlux>",
    "<cpf:idFlux xmlns:xs='http://www.w3.org/2001/XMLSchema' xsi:type=' xs:token '> </cpf:idFlux>",
    "<cpf:idFlux xmlns:xs='http://www.w3.org/2001/XMLSchema' xsi:type='xs:int'>abc</cpf:idFlux>",
    "<cpf:emetteur xmlns:xs='http://www.w3.org/2001/XMLSchema' xsi:type='xs:anyType'/>",
    "<cpf:emetteur xsi:type='cpf:flux'><cpf:idClient/></cpf:emetteur>",
    "<x xsi:type='cpf:genre'>Z</x>",
    "<cpf:emetteur xsi:type='cpf:emetteur'><cpf:idClient/></cpf:emetteur>",
    "<x xsi:nil='true'>Z<cpf:flux/></x>", "<cpf:idFlux/><cpf:idFlux/>",
    "<cpf:idFlux/><coucou/><cpf:foo/><cpf:emetteur/>",
    "<coucou><cpf:sexe>Z</cpf:sexe><cpf:flux>z</cpf:flux></coucou>",
    "<cpf:idFlux><![CDATA[]]></cpf:idFlux>",
    "<cpf:horodatage> 2023-01-01T10:00:00+15:00\n</cpf:horodatage>", "&#32;&#10;", "<![CDATA[ ]]>",
    "<cpf:horodatage> 2023-01-01T10:00:00+20:00\n</cpf:horodatage>", "<![CDATA[x]]>",
    "<cpf:horodatage xsi:schemaLocation='a b c' xsi:noNamespaceSchemaLocation='%% %'/>",
    "<cpf:idFlux xmlns:cpf='urn:b'>a</cpf:idFlux>",
    "<cpf:idFlux xmlns='urn:b' b='é'><x a='1'/></cpf:idFlux>",
    "<cpf:emetteur a='1' b='2' xsi:nil='1' xsi:type='cpf:x' xsi:z='1' xml:space='q'/>",
    "<x xsi:type='cpf:titulaire'><cpf:moisNaissance>0</cpf:moisNaissance></x>",
    "<x xsi:type='cpf:titulaire'><cpf:moisNaissance> 13 </cpf:moisNaissance></x>",
    "<x xsi:type='cpf:titulaire'><cpf:moisNaissance>99999999999</cpf:moisNaissance></x>",
    "<x xsi:type='cpf:titulaire'><cpf:moisNaissance xsi:nil='1'>5</cpf:moisNaissance></x>",
    "<x xsi:type='cpf:titulaire'><cpf:nomUsage xsi:nil='true'> </cpf:nomUsage></x>",
    "<x xsi:type='cpf:titulaire'><cpf:nomUsage xsi:nil='true'><!-- --></cpf:nomUsage></x>",
    "<x xsi:type='cpf:titulaire'><cpf:nomUsage xsi:nil='true'><![CDATA[]]></cpf:nomUsage></x>",
    "<x xsi:type='cpf:titulaire'><cpf:nomUsage xsi:nil='false'/></x>",
    "<x xsi:type='cpf:titulaire'><cpf:nomUsage xsi:nil='true'><y/></cpf:nomUsage></x>",
    "<x xsi:type='cpf:codeInsee'><cpf:codeInsee>1</cpf:codeInsee><cpf:codeInsee/></x>",
    "<x xsi:type='cpf:passageCertification'><cpf:donneeCertifiee>oui</cpf:donneeCertifiee></x>",
    "<x xsi:type='cpf:passageCertification'><cpf:dateFinExamen>2023-02-30</cpf:dateFinExamen></x>",
)  # fmt: skip
"""Put inside a flux."""

_BYTES = (
    b"\x80", b"\xc0\x80", b"\xc1\xbf", b"\xc3", b"\xc3a", b"\xc3\xc3", b"\xe9", b"\xe9 a",
    b"\xe2\x82", b"\xe2\x82a", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf0\x80\x80\x80",
    b"\xf0\x9f\x98", b"\xf0\x9f\x98a", b"\xf0\x9faa", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80",
    b"\xf8\x80\x80\x80\x80", b"\xff", b"\xf0a",
)  # fmt: skip
_BEFORE_BYTES = (
    "xyz", "xyz\nab", "xyz\na", "xyz\n", "x", "é", "a\n\n\nb", "a\r\nb", "<b c='ab", "<b c='ab\n",
    "<b c", "<bcd", "<", "<b ", "<b c=", "<b c='", "<b c='' ", "<!-- abc", "<!--", "<!", "<![",
    "<![CDATA[abc", "<![CDATA[abc]", "<?", "<?p", "<?p abc", "</", "</aaa", "</aaaaaa",
    "</aaaaaa> ", "&", "&am", "&amp;", "&#3", "<b/>", "<b/>\n ", "<x:yz", "<b x:yz", "]]",
)  # fmt: skip
_STRANGERS = (
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", b"\x89PNG\r\n\x1a\n\x00\x00\x00\r",
    b"PK\x03\x04abc\x00", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", b"\xff\xd8\xff\xe0", b"a;b;c\n\xe9",
    b"\xef\xbb\xbf", b"\xef\xbb", b"\xff\xfe", b"<a>\xe9</b>", b"<a></b>\xe9", b"\xe9<a/>",
    b"<\xe9/>", b"<a b='\xe9'/>", b"<!--\xe9--><a/>",
)  # fmt: skip


def short_files() -> list[bytes]:
    """Return all of them as bytes."""
    texts = [f"<a>{content}</a>" for content in CONTENT]
    texts += WHOLE
    texts += [f"{said}\n<a>é€</a>" if said.endswith(">") else said for said in DECLARATIONS]
    flux = "<cpf:flux xmlns:cpf='urn:cdc:cpf:pc5:schema:1.0.0' xmlns:xsi='{}'>{}</cpf:flux>"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    texts += [flux.format(xsi, content) for content in FLUX_CONTENT]
    files = [text.encode() for text in texts]
    head = b"<?xml version='1.0' encoding='UTF-8'?>\n<aaaaaa>"
    files += [head + wrong + end for wrong in _BYTES for end in (b"", b"</aaaaaa>")]
    files += [head + before.encode() + b"\xff" for before in _BEFORE_BYTES]
    for codec in ("utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"):
        for name in ("UTF-8", "UTF-16", "ISO-8859-1"):
            said = f"<?xml version='1.0' encoding='{name}'?><a>é😀</b>"
            files += [said.encode(codec), said.encode(codec)[:-1]]
    return files + list(_STRANGERS)
