from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Rows that staff look at, and steer with buttons; nobody types them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
