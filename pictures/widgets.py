from typing import Any

from django.contrib.admin.widgets import AdminFileWidget


class PictureInput(AdminFileWidget):
    """Shows the picture that is stored, and lets staff choose another one or take it off."""

    template_name = "pictures/input.html"
    initial_text = "Now"
    input_text = "Choose another picture"
    clear_checkbox_label = "Remove this picture"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"accept": "image/jpeg,image/png,image/webp,image/gif", **(attrs or {})})
