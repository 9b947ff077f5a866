"""Prints the events that python3-icalendar reads in a file as JSON, in Vietnam's time."""
import datetime
import json
import sys
import zoneinfo

import icalendar

vietnam = zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")


def shown(event, name):
    if name not in event:
        return ""
    moment = event.decoded(name)
    if isinstance(moment, datetime.datetime):
        return moment.astimezone(vietnam).strftime("%H:%M %d/%m/%Y")
    return moment.strftime("%d/%m/%Y")


with open(sys.argv[1], "rb") as f:
    calendar = icalendar.Calendar.from_ical(f.read())
print(json.dumps([
    {
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "start": shown(event, "DTSTART"),
        "end": shown(event, "DTEND"),
        "status": str(event["STATUS"]),
        "sequence": int(event["SEQUENCE"]),
        "stamp": shown(event, "DTSTAMP"),
        "location": str(event.get("LOCATION", "")),
        "organizer": str(event.get("ORGANIZER", "")),
    }
    for event in calendar.walk("VEVENT")
]))
