"""Sentences of signed marks."""

from app.i18n import N_

SENTENCES = {
    "proof.not-a-mark": N_('"{value}" is no code of a QA mark or repair slip: scan the square code on the label or the paper.'),
    "proof.no-code": N_("No code of a QA mark was found on {value}: photograph it closer, in focus and evenly lit."),
    "proof.no-picture": N_("{value} is no picture that can be read: give a PNG, JPEG or TIFF picture, or a PDF."),
}
