"""What machines ask for: the same in every language, so outside of them."""

from django.urls import URLPattern, path

from oportuno.doors.marketplace.views import drawings, sitemap, wellknown

urlpatterns: list[URLPattern] = [
    path("robots.txt", wellknown.robots, name="robots"),
    path("brand.css", wellknown.brand, name="brand"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
    path("icono-<int:size>.png", wellknown.icon, name="icon"),
    path("apple-touch-icon.png", wellknown.icon, name="apple-touch-icon"),
    path("site.webmanifest", wellknown.manifest, name="manifest"),
    path(".well-known/security.txt", wellknown.security, name="security"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:part>.xml", sitemap.part, name="sitemap-part"),
    path("portadas/<slug:slug>-<int:seed>.svg", drawings.cover, name="cover"),
    path("portadas/<slug:slug>-<int:seed>.png", drawings.shared, name="shared"),
]
