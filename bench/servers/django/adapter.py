from allauth.headless.adapter import DefaultHeadlessAdapter


class HeadlessAdapter(DefaultHeadlessAdapter):
    """JSON has no object ids: allauth's default passes the key on as it is."""

    def serialize_user(self, user):
        return {**super().serialize_user(user), "id": str(user.pk)}
