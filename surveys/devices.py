"""Which class of device a browser runs on; the browser's own words are not kept."""

import re

from .enums import Device

TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook", re.IGNORECASE)
PHONE = re.compile(r"mobi|iphone|ipod|windows phone", re.IGNORECASE)
DESKTOP = re.compile(r"windows nt|macintosh|x11|cros", re.IGNORECASE)


def device_of(user_agent):
    """Phone, tablet, desktop or unknown, from the User-Agent header."""
    is_bare_android = "Android" in user_agent and not PHONE.search(user_agent)
    if TABLET.search(user_agent) or is_bare_android:
        return Device.TABLET
    if PHONE.search(user_agent):
        return Device.PHONE
    return Device.DESKTOP if DESKTOP.search(user_agent) else Device.UNKNOWN
