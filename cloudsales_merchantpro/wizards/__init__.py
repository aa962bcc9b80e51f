from . import merchantpro_review, merchantpro_review_candidate
