"""The texts of a draft as files for translators: XLSX with all languages, PO with two."""
