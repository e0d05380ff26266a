namespace EdgeAgent.Assessment.Challenge;

/// <summary>Whose challenge it was.</summary>
public enum ChallengeOrigin
{
    /// <summary>An assessor's: the only kind that says anything to one.</summary>
    Assessor,

    /// <summary>Of the enterprise or its provider: whoever asked was no assessor.</summary>
    SelfTest,

    /// <summary>Of a time when roles were not recorded; it counts as nobody's.</summary>
    Unrecorded,
}
