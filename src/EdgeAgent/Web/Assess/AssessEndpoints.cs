using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.LedgerPages;

namespace EdgeAgent.Web.Assess;

/// <summary>The assessment's part of the API: the result, everything that it rests on, answers, jobs, and live challenges.</summary>
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
        api.Get("/api/assess/challenges", AccessPermission.ReadEvidence, "The log of live challenges and self-tests, hash-chained; each line has the role of whoever asked", (context, _) => ChallengePages.ListAsync(context, source))
            .Paged().GivesFile(Json, "total, offset, items");
        api.Post("/api/assess/challenge", AccessPermission.RequestChallenge, "Ask for a live challenge: who asked in which role, request time, expected tag, observed change and latency are recorded; what anybody but an assessor asks for is a self-test", (context, caller) => ChallengePages.RequestAsync(context, caller, source))
            .Takes(AssessJson.Default.ChallengeBody).Gives(AssessJson.Default.ChallengeTicket, "Recorded; the log will say what came of it", StatusCodes.Status202Accepted);
        MapPage(api, source);
        MapAnswers(api, source);
        MapJobs(api, source);
    }

    private static void MapPage(ApiBuilder api, AssessSource source)
    {
        api.Get("/api/assess/result", AccessPermission.ReadAssessment, "The assessment as pages show it: the result at hand, texts in Chinese and English, and whether a newer one is being made", (context, _) => ResultPages.ResultAsync(context, source))
            .At().Query("pack", "A built-in rule pack instead of the site's.").GivesFile(Json, "refreshing, problem, texts, result")
            .Fails(StatusCodes.Status409Conflict, "There is no ledger yet.");
        api.Get("/api/assess/devices/{assetNo}", AccessPermission.ReadAssessment, "Why an asset counts or does not: reasons, rules, tags, findings", (context, _) => ResultPages.DeviceAsync(context, source))
            .Route("assetNo", "The asset number in the ledger.").At().Query("pack", "A built-in rule pack instead of the site's.")
            .Gives(AssessJson.Default.DeviceDrill, "The asset").Fails(StatusCodes.Status404NotFound, "The assessment has no such asset.");
        api.Post("/api/assess/verify", AccessPermission.ReadEvidence, "Check an evidence pack: signatures, chains, and every figure computed again", (context, _) => VerifyPages.VerifyAsync(context, source))
            .Query("key", "A hub's public key, the base64 of hub.pub, instead of this hub's and its agents' keys.")
            .TakesFile("application/zip", VerifyPages.PackBytesMax).Gives(AssessJson.Default.VerifyView, "What holds and what does not");
    }

    private static void MapAnswers(ApiBuilder api, AssessSource source)
    {
        api.Get("/api/assess/questionnaire", AccessPermission.ReadAssessment, "The 15 items and 16 scenes with their options, and what was typed", (context, _) => AnswerPages.QuestionnaireAsync(context, source))
            .Gives(AssessJson.Default.QuestionnaireView, "The questionnaire");
        api.Put("/api/assess/items/{no}", AccessPermission.EditAssessment, "Answer an item that is not computed, with its evidence", (context, caller) => AnswerPages.AnswerAsync(context, caller, source))
            .Route("no", "1 to 15.").Takes(AssessJson.Default.AnswerEdit).Gives(LedgerPagesJson.Default.Recorded, "The event that it became")
            .Fails(StatusCodes.Status409Conflict, "The ledger has changed since it was looked at.");
        api.Delete("/api/assess/items/{no}", AccessPermission.EditAssessment, "Take an answer back", (context, caller) => AnswerPages.WithdrawAsync(context, caller, source))
            .Route("no", "1 to 15.").Query("reason", "Why.", required: true).Gives(LedgerPagesJson.Default.Recorded, "The event that it became");
        api.Put("/api/assess/scenes/{name}", AccessPermission.EditAssessment, "Type the level of a business scene, with its evidence", (context, caller) => AnswerPages.SceneAsync(context, caller, source))
            .Route("name", "For instance 生产管控.").Takes(AssessJson.Default.SceneEdit).Gives(LedgerPagesJson.Default.Recorded, "The event that it became")
            .Fails(StatusCodes.Status409Conflict, "The ledger has changed since it was looked at.");
        api.Post("/api/assess/baseline", AccessPermission.EditAssessment, "Sign the state before the project, once", (context, _) => BaselinePages.TakeAsync(context, source))
            .Takes(AssessJson.Default.BaselineEdit).Gives(AssessJson.Default.BaselineTaken, "The signed baseline", StatusCodes.Status201Created)
            .Fails(StatusCodes.Status409Conflict, "There is one already.");
    }

    private static void MapJobs(ApiBuilder api, AssessSource source)
    {
        // An assessor may make a pack and the documents: they hold what he may read, and change nothing that he judges.
        api.Post("/api/assess/jobs", AccessPermission.ReadEvidence, "Start making forms, an evidence pack or the one-page summary; one job at a time", (context, caller) => JobPages.StartAsync(context, caller, source))
            .Takes(AssessJson.Default.JobBody).Gives(AssessJson.Default.JobView, "It runs", StatusCodes.Status202Accepted).Fails(StatusCodes.Status409Conflict, "Another one runs.");
        api.Get("/api/assess/jobs", AccessPermission.ReadEvidence, "Jobs, newest first", (context, _) => JobPages.ListAsync(context, source))
            .Paged().Gives(AssessJson.Default.ApiPageJobView, "Jobs of the last 30 days, at most 20").Quiet();
        api.Get("/api/assess/forms", AccessPermission.ReadEvidence, "Whether this machine makes PDFs of the forms, and what to do where it does not", (context, _) => JobPages.MeansAsync(context))
            .Gives(AssessJson.Default.FormMeans, "The means");
        api.Get("/api/assess/jobs/{id}", AccessPermission.ReadEvidence, "How far a job is", (context, _) => JobPages.ReadAsync(context, source))
            .Route("id", "The job's id.").Gives(AssessJson.Default.JobView, "The job").Fails(StatusCodes.Status404NotFound, "There is none.").Quiet();
        api.Delete("/api/assess/jobs/{id}", AccessPermission.ReadEvidence, "End a running job: one's own, and any as an administrator", (context, caller) => JobPages.CancelAsync(context, caller, source))
            .Route("id", "The job's id.").GivesNothing("It ends soon").Fails(StatusCodes.Status404NotFound, "There is none.").Fails(StatusCodes.Status409Conflict, "It has ended already.");
        api.Get("/api/assess/jobs/{id}/file", AccessPermission.ReadEvidence, "What a job made", (context, _) => JobPages.FileAsync(context, source))
            .Route("id", "The job's id.").GivesFile("application/zip", "The ZIP file").Fails(StatusCodes.Status404NotFound, "It made none, or it was removed.");
    }

    private static ApiEndpoint At(this ApiEndpoint endpoint) => endpoint
        .Query("asOf", "Report instant: now, 2025-11-20 or 2025-11-20T08:00:00+08:00; now unless told.")
        .Query("window", "Length to look back, for instance 7d, instead of the rule pack's.");

    private static ApiEndpoint Between(this ApiEndpoint endpoint) => endpoint.Query("from", "Begin, as asOf.").Query("to", "End, as asOf.");
}
