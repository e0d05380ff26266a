using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Engineering;

/// <summary>Answers of the engineer's API in the language that the request prefers.</summary>
internal static class Translated
{
    public static CheckView In(this CheckView view, HttpContext context) => view with
    {
        Errors = [.. view.Errors.Select(e => e.In(context))], Warnings = [.. view.Warnings.Select(e => e.In(context))],
    };

    public static ProblemView In(this ProblemView view, HttpContext context) =>
        view with { Problem = Say(context, view.Problem), Expected = Say(context, view.Expected), TryNext = Say(context, view.TryNext) };

    public static PastedView In(this PastedView view, HttpContext context) => view with { Problems = [.. view.Problems.Select(p => p.In(context))] };

    public static SheetProblem In(this SheetProblem problem, HttpContext context) =>
        problem with { Problem = Say(context, problem.Problem), Expected = Say(context, problem.Expected), TryNext = Say(context, problem.TryNext) };

    public static BrowseView In(this BrowseView view, HttpContext context) => view with { Problems = [.. view.Problems.Select(p => Say(context, p))] };

    public static ReadResultView In(this ReadResultView view, HttpContext context) => view with { Problem = view.Problem is { } problem ? Say(context, problem) : null };

    public static ScanView In(this ScanView view, HttpContext context) => view with
    {
        Progress = Say(context, view.Progress), Notes = [.. view.Notes.Select(n => Say(context, n))], Problem = view.Problem is { } problem ? Say(context, problem) : null,
        Found = [.. view.Found.Select(f => f with { Detail = Say(context, f.Detail) })],
    };

    public static PushRecord In(this PushRecord record, HttpContext context) => record with { Problems = [.. record.Problems.Select(p => Say(context, p))] };

    /// <summary>What is wrong with a draft, in one text.</summary>
    public static ApiText Text(this IEnumerable<ProblemView> problems)
    {
        string english = string.Join("; ", problems.Select(static p => $"{p.Path}: {p.Problem}"));
        return Phrasebook.Chinese.Both(english);
    }

    private static string Say(HttpContext context, string english) => Phrasebook.Chinese.For(context, english);
}
