"""The texts of the demo's concept: invented, short, and good enough to read."""

FIRST_DRAFT = {
    "ausgangslage": "Delbrück ist mit seinen Ortsteilen weitläufig. Anlaufpunkte sind das Rathaus,"
    " das Familienzentrum und die Beratungsräume am Markt. (Demotext)",
    "zielgruppe": "Aufgenommen werden Menschen mit Einwanderungsgeschichte und komplexem"
    " Unterstützungsbedarf, bei denen mehrere Stellen beteiligt sind.",
    "anlaufstelle": "Das Case Management sitzt im Rathaus. Anstellungsträger ist der Kreis"
    " Paderborn.",
    "netzwerk": "Mitwirkende Stellen sind Jobcenter, Agentur für Arbeit, Ausländerbehörde,"
    " Schulen und Träger der Freien Wohlfahrt. Sie treffen sich zweimal im Jahr.",
    "abgrenzung": "Das Case Management übernimmt die Beratung zu Aufenthaltsfragen.",
    "fallablauf": "Zugang, Assessment, Hilfeplan, Verknüpfung und Begleitung, Abschluss. Jeder"
    " Schritt wird mit der Person vereinbart.",
    "rueckmeldeweg": "Lücken im Versorgungssystem meldet das Case Management ohne Bezug zu"
    " Personen an die KIM-Koordinierung; sie bündelt sie für die Lenkungsgruppe.",
    "datenschutz": "Daten werden nur mit Einwilligung verarbeitet und nach Abschluss gelöscht.",
    "ziele": "Jede Anfrage wird innerhalb von fünf Arbeitstagen beantwortet.",
    "laufzeit": "Das Konzept gilt ab Veröffentlichung und wird nach zwei Jahren überprüft.",
}

REMARK = "Bitte die Berufsberatung im Netzwerk ausdrücklich nennen."

OBJECTION = "Aufenthaltsfragen entscheidet die Ausländerbehörde; das Case Management verweist."

REVISED = {
    "abgrenzung": "Fragen des Aufenthalts entscheidet die Ausländerbehörde. Das Case Management"
    " verweist dorthin und begleitet die Person auf Wunsch.",
}
