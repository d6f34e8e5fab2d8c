"""The numbers of the news."""


# Lists

ARTICLES_ON_A_PAGE = 12
ARTICLES_IN_THE_FEED = 20
