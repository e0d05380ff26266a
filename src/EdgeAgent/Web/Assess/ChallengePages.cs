using System.Text.Json;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Store;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>Live challenges: asking for one, and the log of all.</summary>
internal static class ChallengePages
{
    private const int LimitSecondsMax = 3600;
    private const int TextMax = 500;

    public static Task ListAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        (int offset, int limit) = AssessQuery.Page(context);
        await RecordPages.WriteLinesAsync(context, [.. RecordPages.Lines(source.Challenges.ReadAll())], offset, limit);
    });

    public static Task RequestAsync(HttpContext context, Caller caller, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        ChallengeBody body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, AssessJson.Default.ChallengeBody, context.RequestAborted) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The body is no challenge: {e.Message} Expected for instance {{\"agent\":\"gw-01\",\"device\":\"press-01\",\"tag\":\"running\",\"action\":\"stop\",\"expected\":\"0\"}}.");
        }

        if (body.LimitSeconds is < 1 or > LimitSecondsMax || new[] { body.Agent, body.Device, body.Tag, body.Action, body.Asset, body.Expected, body.Note }.Any(t => t?.Length > TextMax))
        {
            throw new ArgumentException($"limitSeconds must be 1 to {LimitSecondsMax}, and no text longer than {TextMax} characters.");
        }

        ChallengeRequest request = new(
            new SeriesKey(source.Files.Site, body.Agent, body.Device, body.Tag), body.Asset ?? "", body.Action, body.Expected, TimeSpan.FromSeconds(body.LimitSeconds), body.Note ?? "");
        LiveChallenge challenge = new(source.Store, source.Challenges, source.Time);
        ChallengeAsker asker = new(caller.Who, caller.Role?.ToString().ToLowerInvariant() ?? "", caller.Kind == CallerKind.Token ? "token" : "login");
        AuditEntry requested = await challenge.RequestAsync(request, asker, context.RequestAborted);
        _ = WatchAsync(challenge, request, requested, asker, source.Stopping);
        await context.WriteJsonAsync(new ChallengeTicket(requested.Sequence, requested.At, requested.Facts["before"], !asker.IsAssessor), AssessJson.Default.ChallengeTicket, StatusCodes.Status202Accepted);
    });

    private static async Task WatchAsync(LiveChallenge challenge, ChallengeRequest request, AuditEntry requested, ChallengeAsker asker, CancellationToken stopping)
    {
        try
        {
            await challenge.WatchAsync(request, requested, asker, stopping);
        }
        catch (Exception e) when (e is OperationCanceledException or StoreUnavailableException or IOException)
        {
            // The request stays in the log without a result, which is what happened.
        }
    }
}
