package dev.tierwise.detect;

/// What sort of fact a finding is. The first eighteen are those that HIPAA's Safe Harbor names (45
/// CFR 164.514(b)(2)(i)(A)-(R)); fax numbers count as phones.
public enum Family {
    /// Names of people (A).
    NAME,
    /// Places smaller than a state: street, city, hospital, postal code (B).
    LOCATION,
    /// Parts of dates other than the year (C).
    DATE,
    /// Ages of 90 and above (C).
    AGE,
    /// Phone and fax numbers (D, E).
    PHONE,
    /// E-mail addresses (F).
    EMAIL,
    /// Numbers that a state gives a person: social security, identity card, passport, tax (G, K).
    NATIONAL_ID,
    /// Medical record numbers (H).
    MEDICAL_RECORD,
    /// Numbers of a health plan or insurance (I).
    HEALTH_PLAN,
    /// Bank accounts and cards (J).
    ACCOUNT,
    /// Certificates and licences, driving licences among them (K).
    LICENCE,
    /// Vehicles and their plates (L).
    VEHICLE,
    /// Devices and their serial numbers (M).
    DEVICE,
    /// Web addresses that are about a person (N).
    URL,
    /// Internet addresses (O).
    IP,
    /// Fingerprints, voices, faces (P, Q).
    BIOMETRIC,
    /// Any other number or code that stands for one person (R).
    OTHER_ID,
    /// Passwords, keys, tokens.
    SECRET,
    /// Words of health: a diagnosis, a drug. No identifier by itself.
    HEALTH,
    /// Words of the other special categories of GDPR art. 9. No identifier by themselves.
    SPECIAL
}
