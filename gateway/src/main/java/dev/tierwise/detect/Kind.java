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
    /// A day that somebody was born on, as the words before it say.
    BIRTH_DATE(Family.DATE),
    /// An age of 90 or more.
    AGE(Family.AGE),
    /// A phone number.
    PHONE(Family.PHONE),
    /// A fax number.
    FAX(Family.PHONE),
    /// An e-mail address.
    EMAIL(Family.EMAIL),
    /// A social security number of the US.
    SSN(Family.NATIONAL_ID),
    /// A taxpayer number of the US.
    ITIN(Family.NATIONAL_ID),
    /// A number of the UK's National Health Service.
    UK_NHS(Family.MEDICAL_RECORD),
    /// A national insurance number of the UK.
    UK_NINO(Family.NATIONAL_ID),
    /// A German tax number.
    DE_TAX_ID(Family.NATIONAL_ID),
    /// A Spanish identity number, DNI or NIE.
    ES_DNI(Family.NATIONAL_ID),
    /// A Spanish number of health insurance or social security.
    ES_NASS(Family.HEALTH_PLAN),
    /// A French social security number.
    FR_NIR(Family.NATIONAL_ID),
    /// An Italian tax code.
    IT_CODICE_FISCALE(Family.NATIONAL_ID),
    /// A Polish personal number.
    PL_PESEL(Family.NATIONAL_ID),
    /// A Polish tax number.
    PL_NIP(Family.NATIONAL_ID),
    /// A Polish number of businesses.
    PL_REGON(Family.NATIONAL_ID),
    /// A Polish identity card.
    PL_ID_CARD(Family.NATIONAL_ID),
    /// An Indian personal number.
    IN_AADHAAR(Family.NATIONAL_ID),
    /// An Indian tax number.
    IN_PAN(Family.NATIONAL_ID),
    /// An Australian tax number.
    AU_TFN(Family.NATIONAL_ID),
    /// An Australian Medicare number.
    AU_MEDICARE(Family.HEALTH_PLAN),
    /// An Australian business number.
    AU_ABN(Family.NATIONAL_ID),
    /// A Canadian social insurance number.
    CA_SIN(Family.NATIONAL_ID),
    /// A Singaporean identity number.
    SG_NRIC(Family.NATIONAL_ID),
    /// A Finnish personal number.
    FI_HETU(Family.NATIONAL_ID),
    /// A Swedish personal number.
    SE_PERSONNUMMER(Family.NATIONAL_ID),
    /// A Korean resident number.
    KR_RRN(Family.NATIONAL_ID),
    /// A Turkish personal number.
    TR_TCKN(Family.NATIONAL_ID),
    /// A South African personal number.
    ZA_ID(Family.NATIONAL_ID),
    /// A Thai personal number.
    TH_TNIN(Family.NATIONAL_ID),
    /// Any other number that a state gives a person.
    NATIONAL_ID(Family.NATIONAL_ID),
    /// A passport.
    PASSPORT(Family.NATIONAL_ID),
    /// A medical record number.
    MEDICAL_RECORD(Family.MEDICAL_RECORD),
    /// A number of a health plan.
    HEALTH_PLAN(Family.HEALTH_PLAN),
    /// A Medicare beneficiary identifier of the US.
    MBI(Family.HEALTH_PLAN),
    /// A bank account.
    ACCOUNT(Family.ACCOUNT),
    /// A routing number of a bank in the US.
    ROUTING(Family.ACCOUNT),
    /// A bank account by IBAN.
    IBAN(Family.ACCOUNT),
    /// A bank by BIC.
    BIC(Family.ACCOUNT),
    /// A payment card.
    CARD(Family.ACCOUNT),
    /// An address of a cryptographic currency.
    CRYPTO(Family.ACCOUNT),
    /// A licence or certificate, those of drivers and doctors among them.
    LICENCE(Family.LICENCE),
    /// A number of a health care provider in the US.
    NPI(Family.LICENCE),
    /// A number of a prescriber in the US.
    DEA(Family.LICENCE),
    /// A vehicle by its number.
    VIN(Family.VEHICLE),
    /// A vehicle by its plate.
    PLATE(Family.VEHICLE),
    /// A device by a serial number.
    DEVICE(Family.DEVICE),
    /// A phone by its IMEI.
    IMEI(Family.DEVICE),
    /// A network card.
    MAC(Family.DEVICE),
    /// A web address about a person.
    URL(Family.URL),
    /// Any other web address that stands alone in its field.
    LINK(Family.URL),
    /// An internet address.
    IP(Family.IP),
    /// A biometric record.
    BIOMETRIC(Family.BIOMETRIC),
    /// Any other code that stands for one person.
    OTHER_ID(Family.OTHER_ID),
    /// Text that was encoded so often that it is not read.
    WRAPPED(Family.OTHER_ID),
    /// A key of an API.
    API_KEY(Family.SECRET),
    /// A private key.
    PRIVATE_KEY(Family.SECRET),
    /// A password.
    PASSWORD(Family.SECRET),
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

    /// Whether it stands for a person; topics and secrets do not.
    public boolean identifies() {
        return switch (family) {
            case SECRET, HEALTH, SPECIAL -> false;
            case NAME,
                    LOCATION,
                    DATE,
                    AGE,
                    PHONE,
                    EMAIL,
                    NATIONAL_ID,
                    MEDICAL_RECORD,
                    HEALTH_PLAN,
                    ACCOUNT,
                    LICENCE,
                    VEHICLE,
                    DEVICE,
                    URL,
                    IP,
                    BIOMETRIC,
                    OTHER_ID ->
                    true;
        };
    }

    /// Whether it points at a person only together with more, as a town, a day, a postal code, an
    /// age and a web address do (quasi-identifiers, Sweeney 2000).
    public boolean quasi() {
        return this == PLACE || this == POSTCODE || this == DATE || this == AGE || this == LINK;
    }

    /// The word that policies know it by: its family, or `QUASI_` and its label.
    public String mark() {
        return quasi() ? "QUASI_" + name() : family.name();
    }

    /// The word in results and reports.
    public String label() {
        return name();
    }
}
