using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web.Access;

/// <summary>What an endpoint needs; roles have permissions, endpoints ask for one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessPermission>))]
internal enum AccessPermission
{
    /// <summary>Nothing: the login itself, health, the description of the API.</summary>
    Anyone,
    /// <summary>Being logged in, or having a token, of whatever role.</summary>
    SignedIn,
    /// <summary>State and values of devices, agents, store; alarms as they stand.</summary>
    ReadState,
    /// <summary>Rates, items, score, findings; the ledger as it stands.</summary>
    ReadAssessment,
    /// <summary>What an assessment rests on: samples, history of the ledger, baseline, packs, challenges; and what devices really send.</summary>
    ReadEvidence,
    /// <summary>Asking for a live challenge; only an assessor's is one, anybody else's is recorded as a self-test.</summary>
    RequestChallenge,
    /// <summary>Answers, ledger, evidence files, baseline.</summary>
    EditAssessment,
    /// <summary>All enterprises of a hub beside each other: a provider's business, not a single enterprise's.</summary>
    ReadPortfolio,
    /// <summary>Devices, tags, configurations, agents: also reading a configuration, whose addresses are nobody else's business.</summary>
    Engineer,
    /// <summary>Acknowledging alarms.</summary>
    ManageAlarms,
    /// <summary>The audit log of the API: administrators all of it, assessors what concerns the assessed site.</summary>
    ReadAudit,
    ManageAccounts,
    ManageTokens,
}

/// <summary>Which role may do what: the only place that says so.</summary>
internal static class AccessPolicy
{
    public static bool Allows(AccessRole role, AccessPermission permission) => permission switch
    {
        AccessPermission.Anyone or AccessPermission.SignedIn or AccessPermission.ReadState or AccessPermission.ReadAssessment => true,
        AccessPermission.ReadEvidence => role is AccessRole.Assessor or AccessRole.Engineer or AccessRole.Admin,
        // Whoever prepares the acceptance must not ask his own questions in the assessor's place, so what an administrator asks for is recorded as a
        // self-test; and an assessor must not change what he judges.
        AccessPermission.RequestChallenge => role is AccessRole.Assessor or AccessRole.Admin,
        AccessPermission.EditAssessment or AccessPermission.ReadPortfolio or AccessPermission.Engineer or AccessPermission.ManageAlarms => role is AccessRole.Engineer or AccessRole.Admin,
        // An assessor doubts everything, also who made his account and who asked before him; whoever is assessed need not see what assessors look at.
        AccessPermission.ReadAudit => role is AccessRole.Assessor or AccessRole.Admin,
        AccessPermission.ManageAccounts or AccessPermission.ManageTokens => role == AccessRole.Admin,
        _ => false,
    };

    public static bool Allows(Caller caller, AccessPermission permission, AnonymousAccess anonymous) => caller switch
    {
        _ when permission == AccessPermission.Anyone => true,
        { Role: not { } } => permission == AccessPermission.ReadState && anonymous == AnonymousAccess.State,
        { Scope: { } scope } when permission != AccessPermission.SignedIn && !scope.Contains(permission) => false,
        _ => Allows(caller.Role.Value, permission),
    };
}
