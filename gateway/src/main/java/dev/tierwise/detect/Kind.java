package dev.tierwise.detect;

/// The kinds of things that are told apart.
public enum Kind {
    /// A person's name.
    NAME(Family.NAME),
    /// A street address.
    ADDRESS(Family.LOCATION),
    /// A town, hospital or other place.
    PLACE(Family.LOCATION),
    /// A postal code.
    POSTCODE(Family.LOCATION),
    /// A date with more than a year.
    DATE(Family.DATE),
    /// An age of 90 or more.
    AGE(Family.AGE),
    /// A phone or fax number.
    PHONE(Family.PHONE),
    /// An e-mail address.
    EMAIL(Family.EMAIL),
    /// A medical record number.
    MEDICAL_RECORD(Family.MEDICAL_RECORD),
    /// Any other code that stands for one person.
    OTHER_ID(Family.OTHER_ID),
    /// A key of an API.
    API_KEY(Family.SECRET),
    /// A word of health.
    HEALTH(Family.HEALTH),
    /// A word of another special category.
    SPECIAL(Family.SPECIAL);

    private final Family family;

    Kind(Family family) {
        this.family = family;
    }

    /// The sort of fact.
    public Family family() {
        return family;
    }

    /// The word in results and reports.
    public String label() {
        return name();
    }
}
