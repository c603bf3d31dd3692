"""What axe-core has to say of a page."""

from axe_playwright_python.sync_playwright import Axe

# Level A and AA of WCAG 2.0 and 2.1, and what its makers call good practice.
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def faults(page):
    """Every violation on the page: the rule, and the first places that break it."""
    found = Axe().run(page, options={**_RULES, "resultTypes": ["violations"]})
    return {
        each["id"]: [node["html"][:200] for node in each["nodes"][:3]]
        for each in found.response["violations"]
    }
