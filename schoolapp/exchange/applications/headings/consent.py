"""The words by which a heading is known that asks what parents allow."""

# Folded words: a heading with one word of each group is about what parents allow.
CONSENT = frozenset({
    "consent", "permission", "authorisation", "authorization", "autorisation", "accord",
    "consentement", "autorizacion", "permiso", "consentimiento", "toestemming", "akkoord",
    "pahintulot", "اجازت", "رضامندی",
})  # fmt: skip
PARENTS = frozenset({
    "parent", "parents", "parental", "parentale", "guardian", "guardians", "tuteur", "tutrice",
    "padres", "madre", "padre", "tutor", "tutores", "ouder", "ouders", "ouderlijke", "voogd",
    "magulang", "tagapangalaga", "والدین", "سرپرست",
})  # fmt: skip
