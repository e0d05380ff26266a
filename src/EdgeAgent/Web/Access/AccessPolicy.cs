namespace EdgeAgent.Web.Access;

/// <summary>What an endpoint needs; roles have permissions, endpoints ask for one.</summary>
internal enum AccessPermission
{
    ReadState,
    ReadAssessment,
    ReadEvidence,
    RequestChallenge,
    ManageTokens,
}

/// <summary>Which role may do what: the only place that says so.</summary>
internal static class AccessPolicy
{
    public static bool Allows(AccessRole role, AccessPermission permission) => permission switch
    {
        AccessPermission.ReadState or AccessPermission.ReadAssessment => true,
        AccessPermission.ReadEvidence => role is AccessRole.Assessor or AccessRole.Engineer or AccessRole.Admin,
        // Whoever prepares the acceptance must not ask his own questions in the assessor's place.
        AccessPermission.RequestChallenge => role is AccessRole.Assessor or AccessRole.Admin,
        AccessPermission.ManageTokens => role == AccessRole.Admin,
        _ => false,
    };
}
