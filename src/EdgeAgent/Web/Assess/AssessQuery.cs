using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Commands;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>What was asked for in an address, checked; a wrong question is answered with 400 and what was expected.</summary>
internal static class AssessQuery
{
    /// <summary>Runs a handler and turns what people did wrong into an answer that says so.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<Task> handler)
    {
        try
        {
            await handler();
        }
        catch (ArgumentException problem)
        {
            throw ApiProblem.BadRequest(problem.Message);
        }
    }

    public static DateTimeOffset AsOf(HttpContext context, TimeProvider time) => HubFiles.ParseInstant(Text(context, "asOf") ?? "now", time.GetUtcNow());

    public static WindowLength? Window(HttpContext context) => HubFiles.ParseWindow(Text(context, "window"));

    public static DateTimeOffset? Instant(HttpContext context, string name, TimeProvider time) =>
        Text(context, name) is { } text ? HubFiles.ParseInstant(text, time.GetUtcNow()) : null;

    public static (int Offset, int Limit) Page(HttpContext context) => PageRequest.Of(context) is var page ? (page.Offset, page.Limit) : default;

    public static string? Text(HttpContext context, string name) => context.Query(name);
}
