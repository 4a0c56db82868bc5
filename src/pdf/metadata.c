/*
 * Metadata. Info and XMP say the same (PDF/A), and the date is the document's clock, never the machine's.
 */
#include "pdf/metadata.h"

#include <string.h>

#include "base/hash.h"

static const char creator[] = "Mujaz", producer[] = "Mujaz with libharu";

static bool has_date(const struct scene_meta *m)
{
    return m->date && strlen(m->date) == 10;
}

/* PDF/X asks for a date. */
static bool is_for_press(const struct scene_meta *m)
{
    return m->colour == COLOUR_CMYK && has_date(m);
}

void metadata_add_date(struct buf *b, const char *key, const struct scene_meta *m)
{
    const char *d = m->date; /* YYYY-MM-DD */
    if (has_date(m))
        buf_printf(b, "/%s (D:%.4s%.2s%.2s000000Z)\n", key, d, d + 5, d + 8);
}

/* --- Info --- */

static void add_info(struct buf *b, const char *key, const char *utf8)
{
    if (!utf8)
        return;
    buf_printf(b, "/%s ", key);
    pdf_add_text(b, utf8);
    buf_add_char(b, '\n');
}

void metadata_set_info(struct pdf_file *f, const struct scene_meta *m)
{
    struct buf b;
    buf_init(&b);
    add_info(&b, "Title", m->title ? m->title : "");
    add_info(&b, "Author", m->author);
    add_info(&b, "Subject", m->subject);
    add_info(&b, "Creator", creator);
    add_info(&b, "Producer", producer);
    metadata_add_date(&b, "CreationDate", m);
    metadata_add_date(&b, "ModDate", m);
    if (is_for_press(m))
        buf_add_string(&b, "/Trapped /False\n");
    HPDF_Dict_RemoveElement(f->doc->info, "Producer"); /* libharu's own */
    pdf_dict_extend(f, f->doc->info, &b);
    buf_drop(&b);
}

/* --- XMP --- */

static void add_escaped(struct buf *b, const char *utf8)
{
    for (; *utf8; utf8++) {
        switch (*utf8) {
        case '&':
            buf_add_string(b, "&amp;");
            break;
        case '<':
            buf_add_string(b, "&lt;");
            break;
        case '>':
            buf_add_string(b, "&gt;");
            break;
        default:
            buf_add_char(b, *utf8);
        }
    }
}

/* before TEXT after; nothing at all when there is no text. */
static void add_property(struct buf *b, const char *before, const char *utf8, const char *after)
{
    if (!utf8)
        return;
    buf_add_string(b, before);
    add_escaped(b, utf8);
    buf_add_string(b, after);
    buf_add_char(b, '\n');
}

/* Properties that PDF/A does not know: it wants them described in the file. */
static const struct schema {
    const char *schema, *uri, *prefix, *property, *type, *description;
    bool press; /* only where the file is for one */
} schemas[] = {
    { "PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer",
      "Part of ISO 14289 that the file conforms to", false },
    { "PDF/X identification schema", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "Text",
      "Part of ISO 15930 that the file conforms to", true },
    { "Adobe PDF schema", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Boolean",
      "Whether the colours are trapped", true },
};

static void add_schema(struct buf *b, const struct schema *s)
{
    buf_printf(b, "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>%s</pdfaSchema:schema>"
               "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI><pdfaSchema:prefix>%s</pdfaSchema:prefix>"
               "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">", s->schema, s->uri, s->prefix);
    buf_printf(b, "<pdfaProperty:name>%s</pdfaProperty:name><pdfaProperty:valueType>%s</pdfaProperty:valueType>"
               "<pdfaProperty:category>internal</pdfaProperty:category>"
               "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>"
               "</rdf:li>", s->property, s->type, s->description);
}

static void add_schemas(struct buf *b, bool press)
{
    buf_add_string(b, "<rdf:Description rdf:about=\"\" "
                      "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
                      "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
                      "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
                      "<pdfaExtension:schemas><rdf:Bag>");
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
        if (press || !schemas[i].press)
            add_schema(b, &schemas[i]);
    buf_add_string(b, "</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n");
}

/* The same for each version of a document, and another for each document and edition. */
static void add_document_id(struct buf *b, const struct scene_meta *m)
{
    static const int parts[] = { 8, 4, 4, 4, 12 };
    struct buf of;
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    buf_init(&of);
    buf_printf(&of, "%s\n%s\n%d%d", m->title ? m->title : "", m->author ? m->author : "", m->has_lang[LANG_EN],
               m->has_lang[LANG_AR]);
    hash_sha256(of.data, of.length, digest);
    hash_hex(digest, hex);
    buf_drop(&of);
    buf_add_string(b, "<xmpMM:DocumentID>uuid:");
    for (int i = 0, at = 0; i < 5; at += parts[i++])
        buf_printf(b, "%s%.*s", i ? "-" : "", parts[i], hex + at);
    buf_add_string(b, "</xmpMM:DocumentID>\n");
}

/* What PDF/X-4 asks of the metadata beyond the rest. */
static void add_press(struct buf *b, const struct scene_meta *m)
{
    add_property(b, "<xmp:MetadataDate>", m->date, "T00:00:00Z</xmp:MetadataDate>");
    add_document_id(b, m);
    buf_add_string(b, "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
                      "<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n");
}

static void add_languages(struct buf *b, const struct scene_meta *m)
{
    buf_add_string(b, "<dc:language><rdf:Bag>");
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (m->has_lang[lang] || lang == (int)m->lang)
            buf_printf(b, "<rdf:li>%s</rdf:li>", lang_tag((enum lang)lang));
    buf_add_string(b, "</rdf:Bag></dc:language>\n");
}

static void add_description(struct buf *b, const struct scene_meta *m, bool archival)
{
    buf_add_string(b, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"");
    if (archival)
        buf_add_string(b, " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
                          "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"");
    if (archival && is_for_press(m))
        buf_add_string(b, " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" "
                          "xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"");
    buf_add_string(b, ">\n"
                      "<dc:format>application/pdf</dc:format>\n");
    add_property(b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", m->title ? m->title : "",
                 "</rdf:li></rdf:Alt></dc:title>");
    add_property(b, "<dc:creator><rdf:Seq><rdf:li>", m->author, "</rdf:li></rdf:Seq></dc:creator>");
    add_property(b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", m->subject,
                 "</rdf:li></rdf:Alt></dc:description>");
    add_languages(b, m);
    if (has_date(m)) {
        add_property(b, "<xmp:CreateDate>", m->date, "T00:00:00Z</xmp:CreateDate>");
        add_property(b, "<xmp:ModifyDate>", m->date, "T00:00:00Z</xmp:ModifyDate>");
    }
    add_property(b, "<xmp:CreatorTool>", creator, "</xmp:CreatorTool>");
    add_property(b, "<pdf:Producer>", producer, "</pdf:Producer>");
    if (archival)
        buf_add_string(b, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
                          "<pdfuaid:part>1</pdfuaid:part>");
    if (archival && is_for_press(m))
        add_press(b, m);
    buf_add_string(b, "</rdf:Description>\n");
}

unsigned metadata_xmp_new(struct pdf_file *f, const struct scene_meta *m, bool archival)
{
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    add_description(&b, m, archival);
    if (archival)
        add_schemas(&b, is_for_press(m));
    buf_add_string(&b, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    unsigned stream = pdf_stream_new(f, "/Type /Metadata /Subtype /XML", b.data, b.length, true);
    buf_drop(&b);
    return stream;
}
