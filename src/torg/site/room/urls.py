"""The addresses of this room, each in every language."""

from django.urls import path

from torg.site.room.views import agreement, channels, files, home, preview

urlpatterns = [
    path("room/", home.room, name="room"),
    path("room/uses/", home.uses, name="room_uses"),
    path("room/files/", files.files, name="room_files"),
    path("room/files/<int:number>/", files.one, name="room_file"),
    path("room/files/<int:number>/answer/", files.answer, name="room_file_answer"),
    path("room/files/<int:number>/withdraw/", files.withdraw, name="room_file_withdraw"),
    path("room/channels/", channels.channels, name="room_channels"),
    path("room/channels/say/<slug:kind>/", channels.say, name="room_channel"),
    path(
        "room/channels/<int:number>/withdraw/", channels.withdraw, name="room_channel_withdraw"
    ),
    path("room/agreement/", agreement.agreement, name="room_agreement"),
    path("room/preview/", preview.preview, name="room_preview"),
    path("room/preview/correction/", preview.correction, name="room_correction"),
    path(
        "room/preview/correction/<int:number>/withdraw/", preview.withdraw_correction,
        name="room_correction_withdraw",
    ),
    path("room/preview/statement/", preview.statement, name="room_statement"),
    path(
        "room/preview/statement/<int:number>/withdraw/", preview.withdraw_statement,
        name="room_statement_withdraw",
    ),
]  # fmt: skip
