using EdgeAgent.Web.Access;

namespace EdgeAgent.Web.Assess;

/// <summary>The assessor's API: everything that an assessment rests on, read-only but for the request of a live challenge.</summary>
internal static class AssessEndpoints
{
    public static void MapAssess(this IEndpointRouteBuilder routes, AccessGate gate, AssessSource source)
    {
        routes.MapGet("/api/assess/metrics", gate.Require(AccessPermission.ReadAssessment, (context, _) => MetricsPages.MetricsAsync(context, source)));
        routes.MapGet("/api/assess/diagnosis", gate.Require(AccessPermission.ReadAssessment, (context, _) => MetricsPages.DiagnosisAsync(context, source)));
        routes.MapGet("/api/assess/devices", gate.Require(AccessPermission.ReadAssessment, (context, _) => MetricsPages.DevicesAsync(context, source)));
        routes.MapGet("/api/assess/devices/{assetNo}/samples", gate.Require(AccessPermission.ReadEvidence, (context, _) => SamplePages.WriteAsync(context, source)));
        routes.MapGet("/api/assess/ledger/changes", gate.Require(AccessPermission.ReadEvidence, (context, _) => RecordPages.LedgerChangesAsync(context, source)));
        routes.MapGet("/api/assess/baseline", gate.Require(AccessPermission.ReadEvidence, (context, _) => RecordPages.BaselineAsync(context, source)));
        routes.MapGet("/api/assess/packs", gate.Require(AccessPermission.ReadEvidence, (context, _) => RecordPages.PacksAsync(context, source)));
        routes.MapGet("/api/assess/packs/{id}", gate.Require(AccessPermission.ReadEvidence, (context, _) => RecordPages.PackAsync(context, source)));
        routes.MapGet("/api/assess/challenges", gate.Require(AccessPermission.ReadEvidence, (context, _) => ChallengePages.ListAsync(context, source)));
        routes.MapPost("/api/assess/challenge", gate.Require(AccessPermission.RequestChallenge, (context, token) => ChallengePages.RequestAsync(context, token, source)));
    }
}
