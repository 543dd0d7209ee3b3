package dev.tierwise.detect;

import dev.tierwise.core.DataClass;
import java.util.List;

/// The data class that findings call for.
public final class Sensitivity {
    private Sensitivity() {}

    /// The class of a text: `secret` for a credential; `phi` for a medical record or health plan,
    /// and for any identifier beside words of health; `special` for one beside words of another
    /// special category; `personal` for one alone; else `public`.
    public static DataClass of(List<Finding> findings) {
        boolean person = false;
        boolean care = false;
        boolean health = false;
        boolean special = false;
        for (Finding finding : findings) {
            Family family = finding.kind().family();
            if (family == Family.SECRET) {
                return DataClass.SECRET;
            }
            person |= finding.identifies();
            care |= family == Family.MEDICAL_RECORD || family == Family.HEALTH_PLAN;
            health |= family == Family.HEALTH;
            special |= family == Family.SPECIAL;
        }
        if (care || (person && health)) {
            return DataClass.PHI;
        }
        if (person && special) {
            return DataClass.SPECIAL;
        }
        return person ? DataClass.PERSONAL : DataClass.PUBLIC;
    }
}
