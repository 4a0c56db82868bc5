/*
 * The rules: RULE(id, test, clause, what is wrong, what is right). Clauses and numbers of tests are those of veraPDF's
 * validation profiles; "iso" is ISO 32000-1, on which all standards stand, "pdf-x" what PDF/X-4 asks, by subject (there
 * is no public profile of ISO 15930-7), and "mujaz" what we promise beyond. A rule that several standards have is named
 * once. Tests run in the order of this table, each once.
 *
 * Left out are rules for what our files cannot hold and what is refused as a whole: forms, signatures, multimedia,
 * optional content, halftones, JPEG 2000. Include it as an X-macro.
 */
RULE(HEADER, check_file, "pdf-a 6.1.2-1", "the header is wrong",
     "the first bytes are %PDF-1.0 to %PDF-1.7 and a line's end")
RULE(BINARY, check_file, "pdf-a 6.1.2-2", "the second line does not say that the file is binary",
     "a % and four bytes above 127 follow the header")
RULE(END, check_file, "pdf-a 6.1.3-3", "something follows the end of the file", "the last line is %%EOF")
RULE(FILE_ID, check_file, "pdf-a 6.1.3-1", "the trailer has no ID", "ID is an array of two strings")
RULE(ENCRYPTED, check_file, "pdf-a 6.1.3-2", "the file is encrypted", "there is no Encrypt in the trailer")
RULE(VERSION, check_file, "iso 7.5.8", "the file's version is too low for cross-reference streams", "they need PDF 1.5")

RULE(OBJECT, check_objects, "iso 7.3.10", "the object cannot be read", "it stands where the cross-references say")
RULE(REFERENCE, check_objects, "mujaz", "a reference leads to no object", "every reference leads to an object")
RULE(SPACING, check_objects, "pdf-a 6.1.9-1", "the spaces around the object's number are wrong",
     "'12 0 obj' has single blanks and a line of its own")
RULE(HEX, check_objects, "pdf-a 6.1.6-1", "a hexadecimal string has an odd digit or none", "two digits make a byte")
RULE(INTEGER, check_objects, "pdf-a 6.1.13-1", "an integer is out of range", "it fits into 32 bits with a sign")
RULE(STRING_LONG, check_objects, "pdf-a 6.1.13-3", "a string is too long", "it has at most 32767 bytes")
RULE(NAME_LONG, check_objects, "pdf-a 6.1.13-4", "a name is too long", "it has at most 127 bytes")
RULE(STREAM_LENGTH, check_objects, "pdf-a 6.1.7.1-1", "a stream's Length is wrong",
     "so many bytes stand between stream and endstream")
RULE(STREAM_LINE, check_objects, "pdf-a 6.1.7.1-2", "stream or endstream does not stand on a line of its own",
     "LF or CR LF follow stream, an end of line comes before endstream")
RULE(STREAM_OUTSIDE, check_objects, "pdf-a 6.1.7.1-3", "a stream's bytes are in another file",
     "it has no F, FFilter, FDecodeParms")
RULE(FILTER, check_objects, "pdf-a 6.1.7.2-1", "a stream's filter is not allowed",
     "FlateDecode is, and DCTDecode of images")
RULE(ACTION, check_objects, "pdf-a 6.5.1-1", "an action is not allowed", "GoTo and URI are")
RULE(ACTION_NAMED, check_objects, "pdf-a 6.5.1-2", "a named action is not allowed",
     "NextPage, PrevPage, FirstPage, LastPage are")
RULE(ACTION_MORE, check_objects, "pdf-a 6.5.2-1", "there are additional actions", "no object has AA")
RULE(PRESENTATION, check_objects, "pdf-a 6.10-2", "a page has a presentation", "there is no PresSteps")

RULE(MARKED, check_catalog, "pdf-ua 6.2-1", "the document does not say that it is tagged", "MarkInfo has Marked true")
RULE(SUSPECTS, check_catalog, "pdf-ua 7.1-4", "the document doubts its tags", "MarkInfo has no Suspects true")
RULE(TITLE_SHOWN, check_catalog, "pdf-ua 7.1-10", "viewers are not asked to show the title",
     "ViewerPreferences has DisplayDocTitle true")
RULE(CATALOG_LANG, check_catalog, "pdf-ua 7.2-34", "the document's language is unknown", "the catalog has Lang")
RULE(STRUCTURE, check_catalog, "pdf-ua 7.1-11", "there is no structure tree", "the catalog has StructTreeRoot")
RULE(OUTLINE, check_catalog, "mujaz", "there are sections and no outline",
     "the catalog has Outlines, each item a Title and Dest")
RULE(PAGE_LABELS, check_catalog, "mujaz", "the pages have no labels", "the catalog has PageLabels from page 0 on")
RULE(NAME_ORDER, check_catalog, "iso 7.9.6", "a name or number tree is not in order",
     "keys ascend, and Limits hold them")
RULE(DESTINATION, check_catalog, "iso 12.3.2", "a destination leads to no page", "its first item is a page of the file")
RULE(SCRIPTS, check_catalog, "pdf-a 6.5.1-1", "the document has scripts", "the name dictionary has no JavaScript")
RULE(ALTERNATE, check_catalog, "pdf-a 6.10-1", "there are alternate presentations", "the name dictionary has none")
RULE(FORM, check_catalog, "pdf-a 6.4.2-1", "there is a form", "the catalog has no AcroForm, NeedsRendering")
RULE(LAYERS, check_catalog, "pdf-a 6.9-1", "there is optional content", "the catalog has no OCProperties")
RULE(REQUIREMENTS, check_catalog, "pdf-a 6.11-1", "the document makes requirements",
     "the catalog has no Requirements, Perms")
RULE(INTENT, check_catalog, "pdf-a 6.2.3-1", "the output intent is wrong",
     "one of S GTS_PDFA1 has an ICC profile of a printer or monitor, version 4 or less, whose colours N counts")
RULE(INTENT_MORE, check_catalog, "pdf-a 6.2.3-2", "output intents have different profiles", "all have the same object")

RULE(METADATA, check_metadata, "pdf-ua 7.1-8", "there is no metadata",
     "the catalog has Metadata, of Type Metadata and Subtype XML")
RULE(XMP_PACKET, check_metadata, "pdf-a 6.6.2.1-2", "the metadata's packet header is wrong",
     "it has begin and id, no bytes or encoding")
RULE(XMP_FORM, check_metadata, "pdf-a 6.6.2.1-4", "the metadata is no well-formed XML in UTF-8",
     "every element ends, & and < are escaped")
RULE(XMP_TITLE, check_metadata, "pdf-ua 7.1-9", "the metadata has no title", "dc:title is there and not empty")
RULE(XMP_UA, check_metadata, "pdf-ua 5-1", "the metadata does not claim PDF/UA", "pdfuaid:part is 1")
RULE(XMP_A, check_metadata, "pdf-a 6.6.4-1", "the metadata does not claim PDF/A-3a",
     "pdfaid:part is 3, pdfaid:conformance is A")
RULE(XMP_SCHEMA, check_metadata, "pdf-a 6.6.2.3.1-1", "a property of the metadata is not described",
     "a pdfaSchema:prefix names each namespace that PDF/A does not know")
RULE(INFO, check_metadata, "mujaz", "the information dictionary does not say what the metadata says",
     "both say the same")

RULE(PRESS_METADATA, check_metadata, "pdf-x metadata", "the metadata lacks what a press asks for",
     "pdfxid:GTS_PDFXVersion is PDF/X-4; xmpMM:DocumentID, VersionID, RenditionClass and xmp:MetadataDate are there")
RULE(PRESS_TRAPPED, check_metadata, "pdf-x trapped", "it is not said whether the colours are trapped",
     "Trapped of Info and pdf:Trapped are both True or both False")

RULE(PAGE_TREE, check_pages, "iso 7.7.3", "the page tree is wrong",
     "each page stands in it once, with its Parent, and Count counts them")
RULE(PAGE_BOX, check_pages, "pdf-a 6.1.13-11", "a page's box is wrong",
     "MediaBox and others have 3 to 14400 units each way")
RULE(BOX_OUTSIDE, check_pages, "iso 14.11.2.1", "a page's box goes beyond its MediaBox", "they lie in it")
RULE(TABS, check_pages, "pdf-ua 7.18.3-1", "the annotations of a page have no order", "the page has Tabs S")
RULE(ANNOT_KIND, check_pages, "pdf-a 6.3.1-1", "an annotation's kind is not allowed", "links are")
RULE(ANNOT_FLAGS, check_pages, "pdf-a 6.3.2-2", "an annotation's flags are wrong", "F is 4: printed, not hidden")
RULE(ANNOT_LOOKS, check_pages, "pdf-a 6.3.3-1", "an annotation has no appearance", "all but links have AP with N alone")
RULE(ANNOT_TEXT, check_pages, "pdf-ua 7.18.5-2", "an annotation has no description", "Contents says where it leads")
RULE(LINK_TARGET, check_pages, "iso 12.5.6.5", "a link leads nowhere", "it has Dest with a known name, or A")

RULE(PRESS_INTENT, check_press, "pdf-x output intent", "the output intent for a press is wrong",
     "one of S GTS_PDFX has Info, OutputConditionIdentifier and the ICC profile of a printer")
RULE(PRESS_BOX, check_press, "pdf-x boxes", "it is not said where a page is trimmed",
     "TrimBox lies in BleedBox, that in MediaBox, and there is no ArtBox")
RULE(PRESS_ANNOT, check_press, "pdf-x annotations", "an annotation stands on what is printed",
     "it is outside BleedBox, or of TrimBox where there is none")
RULE(PRESS_ACTION, check_press, "pdf-x actions", "there is an action", "a press runs none")
RULE(PRESS_FORMAT, check_press, "pdf-x file", "the file is later than PDF 1.6",
     "its header is %PDF-1.6 or an earlier one")

RULE(CONTENT_FORM, check_content, "iso 7.8.2", "a content stream is broken",
     "operators follow their operands, and what is begun is ended")
RULE(OPERATOR, check_content, "pdf-a 6.2.2-1", "a content stream has an unknown operator",
     "those of ISO 32000-1 are known")
RULE(RESOURCE, check_content, "pdf-a 6.2.2-2", "a content stream names a resource that is not there",
     "the page's Resources have it")
RULE(Q_NESTED, check_content, "pdf-a 6.1.13-8", "q is nested too deep", "at most 28 are open at once")
RULE(UNMARKED, check_content, "pdf-ua 7.1-3", "content is neither marked nor an artifact",
     "BDC with MCID or Artifact stands before it")
RULE(ARTIFACT_INSIDE, check_content, "pdf-ua 7.1-1", "an artifact is inside tagged content",
     "they stand beside each other")
RULE(TAGGED_INSIDE, check_content, "pdf-ua 7.1-2", "tagged content is inside an artifact or other tagged content",
     "they stand beside each other")
RULE(MCID, check_content, "iso 14.7.4.2", "an MCID is no number of its own",
     "each sequence of a page has another, from 0 on")
RULE(CONTENT_LANG, check_content, "pdf-a 6.7.4-1", "a language in a content stream is no language tag",
     "it looks like en or ar-IQ")
RULE(COLOUR_RGB, check_content, "pdf-a 6.2.4.3-2", "DeviceRGB is used without an RGB output intent",
     "colours suit the output profile")
RULE(COLOUR_CMYK, check_content, "pdf-a 6.2.4.3-3", "DeviceCMYK is used without a CMYK output intent",
     "colours suit the output profile")
RULE(COLOUR_GREY, check_content, "pdf-a 6.2.4.3-4", "DeviceGray is used without an output intent",
     "there is an output profile")
RULE(COLOUR_ICC, check_content, "pdf-a 6.2.4.2-1", "an ICC profile is wrong",
     "N counts its colours, its version is 4 or less")
RULE(OVERPRINT, check_content, "pdf-a 6.2.4.2-2",
     "overprint mode 1 is on where an ICC profile of four inks is used",
     "OPM is 0 there, or the colours are DeviceCMYK")
RULE(INTENT_NAME, check_content, "pdf-a 6.2.6-1", "a rendering intent is unknown", "there are four")
RULE(GRAPHICS_STATE, check_content, "pdf-a 6.2.5-1", "a graphics state has a transfer function or halftone",
     "TR, TR2, HTP are absent")
RULE(BLEND, check_content, "pdf-a 6.2.10-1", "a blend mode is unknown", "those of ISO 32000-1 are known")
RULE(IMAGE, check_content, "pdf-a 6.2.8-1", "an image has Alternates, OPI or Interpolate", "it has none of them")
RULE(IMAGE_BITS, check_content, "pdf-a 6.2.8-4", "an image's samples are wrong",
     "BitsPerComponent is 1, 2, 4, 8 or 16, of a mask 1")
RULE(XOBJECT, check_content, "pdf-a 6.2.9-1", "an external object is of a kind that is not allowed",
     "images are, and forms without Ref, OPI and PostScript")

RULE(FONT_KIND, check_fonts, "pdf-a 6.2.11.2-1", "a font dictionary is wrong",
     "it has Type Font, a known Subtype and BaseFont")
RULE(FONT_PROGRAM, check_fonts, "pdf-ua 7.21.4.1-1", "a font is not embedded", "its descriptor has a font program")
RULE(FONT_ENCODING, check_fonts, "pdf-ua 7.21.3.3-1", "a font's encoding is not in the file",
     "Encoding is Identity-H or a CMap stream")
RULE(FONT_COLLECTION, check_fonts, "pdf-ua 7.21.3.1-1", "a font and its CMap are of different character collections",
     "Registry and Ordering of both CIDSystemInfo are the same, and the CMap's Supplement is no less")
RULE(FONT_DIRECTION, check_fonts, "pdf-ua 7.21.3.3-2", "a CMap's WMode is not that of its dictionary",
     "they are the same")
RULE(FONT_MAP, check_fonts, "pdf-ua 7.21.3.2-1", "a font does not map CIDs to glyphs",
     "CIDToGIDMap is a stream or Identity")
RULE(FONT_SET, check_fonts, "pdf-ua 7.21.4.2-2", "a font's CIDSet does not list its glyphs",
     "there is none, or it lists all")
RULE(GLYPH_ABSENT, check_fonts, "pdf-ua 7.21.4.1-2", "a glyph is shown that the font program has not got",
     "all glyphs are in it")
RULE(GLYPH_WIDTH, check_fonts, "pdf-ua 7.21.5-1", "a glyph's width is not that of the font program",
     "they differ by 1/1000 em at most")
RULE(GLYPH_UNICODE, check_fonts, "pdf-ua 7.21.7-1", "a glyph is shown whose text is unknown", "ToUnicode has it")
RULE(GLYPH_VALUE, check_fonts, "pdf-ua 7.21.7-2", "ToUnicode gives a code that is none",
     "U+0000, U+FEFF, U+FFFE and private ones are no text")
RULE(NOTDEF, check_fonts, "pdf-ua 7.21.8-1", "the glyph .notdef is shown", "each code has a glyph of its own")

RULE(ELEMENT, check_structure, "iso 14.7.2", "a structure element is wrong", "it has S and stands in the tree once")
RULE(PARENT, check_structure, "pdf-ua 7.1-12", "a structure element does not name its parent",
     "P is the element that it stands in")
RULE(ROLE, check_structure, "pdf-ua 7.1-5", "a structure type is not standard", "RoleMap leads it to a standard one")
RULE(ROLE_CIRCLE, check_structure, "pdf-ua 7.1-6", "a structure type is mapped in a circle",
     "RoleMap ends at a standard type")
RULE(ROLE_REMAPPED, check_structure, "pdf-ua 7.1-7", "a standard structure type is mapped to another",
     "RoleMap leaves it alone")
RULE(KID, check_structure, "iso 14.7.4", "a structure element's content is not on its page",
     "MCID and Pg name marked content of a page")
RULE(OWNED_TWICE, check_structure, "iso 14.7.4.2", "marked content belongs to two structure elements",
     "it belongs to one")
RULE(ORPHAN, check_structure, "pdf-ua 7.1-3", "marked content belongs to no structure element",
     "each MCID is a kid of one")
RULE(PARENT_TREE, check_structure, "iso 14.7.4.4", "the parent tree does not lead to the content's element",
     "it has each page's MCIDs and each annotation, as the tree has them")
RULE(LINK_TAG, check_structure, "pdf-ua 7.18.5-1", "a link annotation is not in a Link element",
     "an OBJR of a Link leads to it")
RULE(ANNOT_TAG, check_structure, "pdf-ua 7.18.1-1", "an annotation is in no Annot element",
     "an OBJR of an Annot leads to it")
RULE(LANG, check_structure, "pdf-ua 7.2-29", "a language is no language tag", "it looks like en or ar-IQ")
RULE(FIGURE_ALT, check_structure, "pdf-ua 7.3-1", "a Figure has no text in its place", "it has Alt or ActualText")
RULE(FIGURE_BOX, check_structure, "iso 14.8.5.4.3", "a Figure has no box", "a Layout attribute has BBox, four numbers")
RULE(FORMULA_ALT, check_structure, "pdf-ua 7.7-1", "a Formula has no text in its place", "it has Alt or ActualText")
RULE(HEADING, check_structure, "pdf-ua 7.4.2-1", "a heading's level is skipped",
     "H1 comes first, and no level is left out downwards")
RULE(HEADING_MIXED, check_structure, "pdf-ua 7.4.4-2", "there are H and H1 to H6, or two H in an element",
     "one way is kept to")
RULE(NOTE_ID, check_structure, "pdf-ua 7.9-1", "a Note has no ID", "each has one")
RULE(NOTE_TWICE, check_structure, "pdf-ua 7.9-2", "two Notes have the same ID", "each has its own")
RULE(NESTING, check_structure, "pdf-ua 7.2-3", "a structure element stands in one that it may not stand in",
     "Table, L and TOC hold their parts, and these stand nowhere else")
RULE(CAPTION, check_structure, "pdf-ua 7.2-16", "a Caption stands in the wrong place", "one, first, or last in a Table")
RULE(TABLE_PARTS, check_structure, "pdf-ua 7.2-14", "a Table's parts are wrong",
     "one THead and one TFoot at most, with a TBody")
RULE(TABLE_CROSSING, check_structure, "pdf-ua 7.2-15", "cells of a Table lie over each other",
     "RowSpan and ColSpan leave each its place")
RULE(TABLE_COLUMNS, check_structure, "pdf-ua 7.2-42", "a Table's rows have different numbers of columns",
     "with ColSpan they have the same")
RULE(TABLE_ROWS, check_structure, "pdf-ua 7.2-41", "a Table's columns have different numbers of rows",
     "with RowSpan they have the same")
RULE(TABLE_SCOPE, check_structure, "pdf-ua 7.5-1", "a Table's cells are not tied to headers",
     "each TH has Scope: Row, Column or Both")

RULE(FILE_NAMES, check_attachments, "pdf-a 6.8-2", "an embedded file has no name", "F and UF are there and not empty")
RULE(FILE_RELATION, check_attachments, "pdf-a 6.8-3", "an embedded file's relation is unknown",
     "AFRelationship is Source, Data, Alternative, Supplement or Unspecified")
RULE(FILE_OWNER, check_attachments, "pdf-a 6.8-4", "an embedded file is associated with nothing",
     "AF of the catalog or an element has it")
RULE(FILE_TYPE, check_attachments, "pdf-a 6.8-1", "an embedded file has no media type", "Subtype is one, as text/csv")
RULE(FILE_SIZE, check_attachments, "iso 7.11.4", "an embedded file's size is wrong", "Params has the Size of its bytes")
RULE(FILE_LISTED, check_attachments, "mujaz", "an embedded file is in no list", "the name tree EmbeddedFiles has it")

RULE(STREAM_DATA, check_streams, "iso 7.4", "a stream's bytes cannot be decoded", "they suit its filter")
