"""The stylesheet put on the elements themselves, because many mail programs drop a `<style>`."""

from __future__ import annotations

from curator.errors import TemplateFault

_KEPT = ' data-css-inline="keep"'


def inline_css(html: str, css: str) -> str:
    """`html` with `css` in style attributes. A `<style data-css-inline="keep">` stays as it is; nothing is loaded."""
    import css_inline

    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, extra_css=css, minify_css=True, inline_style_tags=False
    )
    try:
        return inliner.inline(html).replace(_KEPT, "")
    except css_inline.InlineError as error:
        raise TemplateFault("mail.css", 0, f"cannot be put on the elements: {error}") from error
