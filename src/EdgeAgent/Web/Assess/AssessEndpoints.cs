using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>The assessor's API: everything that an assessment rests on, read-only but for the request of a live challenge.</summary>
internal static class AssessEndpoints
{
    private const string Json = "application/json";

    public static void MapAssess(this ApiBuilder api, AssessSource source)
    {
        api.Get("/api/assess/metrics", AccessPermission.ReadAssessment, "The whole assessment of the site", (context, _) => MetricsPages.MetricsAsync(context, source))
            .At().GivesFile(Json, "Counts, items, scenes, score, findings, devices");
        api.Get("/api/assess/diagnosis", AccessPermission.ReadAssessment, "The answers in the shape of a diagnosis platform's submission", (context, _) => MetricsPages.DiagnosisAsync(context, source))
            .At().GivesFile(Json, "enterpriseId, digitalScoringQuestionList, digitalScenariosList");
        api.Get("/api/assess/devices", AccessPermission.ReadAssessment, "The assets of the denominator with their verdicts", (context, _) => MetricsPages.DevicesAsync(context, source))
            .At().Paged().GivesFile(Json, "total, offset, items");
        api.Get("/api/assess/devices/{assetNo}/samples", AccessPermission.ReadEvidence, "Stored readings of the devices bound to an asset", (context, _) => SamplePages.WriteAsync(context, source))
            .Route("assetNo", "The asset number in the ledger.").Between().Query("tag", "Only this tag.").Query("limit", "Readings of a tag to give, at most 1000; 100 unless told.", ApiType.Integer)
            .GivesFile(Json, "One object a reading, or a bucket of several (count)").Fails(StatusCodes.Status404NotFound, "No device is bound to the asset.");
        api.Get("/api/assess/ledger/changes", AccessPermission.ReadEvidence, "Events of the ledger with their hashes, oldest first", (context, _) => RecordPages.LedgerChangesAsync(context, source))
            .Between().Paged().GivesFile(Json, "total, offset, items");
        api.Get("/api/assess/baseline", AccessPermission.ReadEvidence, "The signed baseline", (context, _) => RecordPages.BaselineAsync(context, source))
            .GivesFile(Json, "The file as it was signed").Fails(StatusCodes.Status404NotFound, "There is none.");
        api.Get("/api/assess/packs", AccessPermission.ReadEvidence, "The evidence packs of the site", (context, _) => RecordPages.PacksAsync(context, source))
            .Paged().GivesFile(Json, "total, offset, items");
        api.Get("/api/assess/packs/{id}", AccessPermission.ReadEvidence, "One evidence pack", (context, _) => RecordPages.PackAsync(context, source))
            .Route("id", "The pack's id.").GivesFile("application/zip", "The ZIP file").Fails(StatusCodes.Status404NotFound, "There is no such pack.");
        api.Get("/api/assess/challenges", AccessPermission.ReadEvidence, "The log of live challenges, hash-chained", (context, _) => ChallengePages.ListAsync(context, source))
            .Paged().GivesFile(Json, "total, offset, items");
        api.Post("/api/assess/challenge", AccessPermission.RequestChallenge, "Ask for a live challenge: request time, expected tag, observed change and latency are recorded", (context, caller) => ChallengePages.RequestAsync(context, caller, source))
            .Takes(AssessJson.Default.ChallengeBody).Gives(AssessJson.Default.ChallengeTicket, "Recorded; the log will say what came of it", StatusCodes.Status202Accepted);
    }

    private static ApiEndpoint At(this ApiEndpoint endpoint) => endpoint
        .Query("asOf", "Report instant: now, 2025-11-20 or 2025-11-20T08:00:00+08:00; now unless told.")
        .Query("window", "Length to look back, for instance 7d, instead of the rule pack's.");

    private static ApiEndpoint Between(this ApiEndpoint endpoint) => endpoint.Query("from", "Begin, as asOf.").Query("to", "End, as asOf.");
}
