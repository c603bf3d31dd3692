"""The pages about the site itself: privacy, accessibility, who answers for it."""
