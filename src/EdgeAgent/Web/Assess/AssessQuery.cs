using System.Globalization;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Commands;
using EdgeAgent.Store;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Web.Assess;

/// <summary>What was asked for in an address, checked; a wrong question is answered with 400 and what was expected.</summary>
internal static class AssessQuery
{
    public const int LimitMax = 1000;
    private const int LimitDefault = 100;

    /// <summary>Runs a handler and turns what people did wrong, or what is not there, into an answer that says so.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<Task> handler)
    {
        try
        {
            await handler();
        }
        catch (CommandFailure problem)
        {
            await AccessGate.RefuseAsync(context, problem.ExitCode == ExitCodes.BadUsage ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError, problem.Message);
        }
        catch (ArgumentException problem)
        {
            await AccessGate.RefuseAsync(context, StatusCodes.Status400BadRequest, problem.Message);
        }
        catch (Exception problem) when (problem is StoreUnavailableException or IOException or InvalidDataException)
        {
            await AccessGate.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, problem.Message);
        }
    }

    public static DateTimeOffset AsOf(HttpContext context, TimeProvider time) => HubFiles.ParseInstant(Text(context, "asOf") ?? "now", time.GetUtcNow());

    public static WindowLength? Window(HttpContext context) => HubFiles.ParseWindow(Text(context, "window"));

    public static DateTimeOffset? Instant(HttpContext context, string name, TimeProvider time) =>
        Text(context, name) is { } text ? HubFiles.ParseInstant(text, time.GetUtcNow()) : null;

    public static (int Offset, int Limit) Page(HttpContext context) => (Number(context, "offset", 0, int.MaxValue), Number(context, "limit", LimitDefault, LimitMax));

    public static string? Text(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    private static int Number(HttpContext context, string name, int otherwise, int max) => Text(context, name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max ? number
        : throw new ArgumentException($"{name} must be a whole number from 0 to {max}.");
}
