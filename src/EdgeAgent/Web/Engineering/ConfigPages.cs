using System.Text;
using EdgeAgent.Commands;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Engineering;

/// <summary>The configuration that runs: shown, checked, compared, applied.</summary>
internal sealed class ConfigPages(RunningConfiguration configuration, AccessLog log)
{
    /// <summary>Configurations with tables of 20,000 rows fit.</summary>
    public const long BodyBytesMax = 16 << 20;

    private string MainName => Path.GetFileName(configuration.Path);

    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Get("/api/engineering/config", AccessPermission.Engineer, "The configuration that runs, with its tag tables; passwords are replaced by marks", GetAsync)
            .Gives(json.ConfigView, "Text, data and tables");
        api.Get("/api/engineering/config/state", AccessPermission.Engineer, "Hash of the configuration, and whether the devices came back after the last change", (context, _) =>
            context.WriteJsonAsync(new ConfigStateView(configuration.Read().Hash, configuration.Watch.Verdict), json.ConfigStateView))
            .Gives(json.ConfigStateView, "Hash and devices").Quiet();
        api.Post("/api/engineering/config/check", AccessPermission.Engineer, "Everything that is wrong with a draft, at once; nothing is touched", CheckAsync)
            .Takes(json.Draft, BodyBytesMax).Gives(json.CheckView, "Errors, warnings, and the text as it would be written").Quiet();
        api.Post("/api/engineering/config/diff", AccessPermission.Engineer, "What a draft changes, by endpoint, device and tag", DiffAsync)
            .Takes(json.Draft, BodyBytesMax).Gives(json.DiffView, "Changes in words and structured").Gives(json.CheckView, "The draft has errors", StatusCodes.Status422UnprocessableEntity).Quiet();
        api.Post("/api/engineering/config/apply", AccessPermission.Engineer, "Brings a draft into force; If-Match names the hash that it was made from", ApplyAsync)
            .Takes(json.ApplyRequest, BodyBytesMax).Gives(json.AppliedView, "In force")
            .Gives(json.CheckView, "The draft has errors, or loses comments and nobody said that they may go; nothing was written", StatusCodes.Status422UnprocessableEntity)
            .Fails(StatusCodes.Status409Conflict, "The configuration changed meanwhile, or could not be taken over.").Fails(StatusCodes.Status428PreconditionRequired, "If-Match is missing.");
    }

    private Task GetAsync(HttpContext context, Caller caller)
    {
        ConfigBundle bundle = configuration.Read();
        context.Response.Headers.ETag = $"\"{bundle.Hash}\"";
        return context.WriteJsonAsync(DraftReader.View(bundle, configuration.Path, NotWritable(), configuration.Watch.Verdict), EngineeringJson.Default.ConfigView);
    }

    private async Task CheckAsync(HttpContext context, Caller caller)
    {
        ReadDraft draft = DraftReader.Read(await context.ReadJsonAsync(EngineeringJson.Default.Draft), configuration.Read(), MainName);
        await context.WriteJsonAsync(ViewOf(draft, configuration.Check(draft.Bundle, withAssessment: true)).In(context), EngineeringJson.Default.CheckView);
    }

    private async Task DiffAsync(HttpContext context, Caller caller)
    {
        ConfigBundle current = configuration.Read();
        ReadDraft draft = DraftReader.Read(await context.ReadJsonAsync(EngineeringJson.Default.Draft), current, MainName);
        await WriteDiffAsync(context, current, draft);
    }

    internal async Task WriteDiffAsync(HttpContext context, ConfigBundle current, ReadDraft draft)
    {
        LoadedConfig after = configuration.Check(draft.Bundle);
        LoadedConfig before = configuration.Check(current);
        if (after.Errors.Any || after.Config is not { } wanted)
        {
            await context.WriteJsonAsync(ViewOf(draft, after).In(context), EngineeringJson.Default.CheckView, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        if (before.Config is not { } running)
        {
            throw ApiProblem.Conflict(new("当前配置文件有错误，无法比较。", "The configuration file has errors at the moment, so nothing can be compared with it."));
        }

        await context.WriteJsonAsync(DiffOf(running, wanted, draft.Lost), EngineeringJson.Default.DiffView);
    }

    internal static DiffView DiffOf(AppConfig before, AppConfig after, IReadOnlyList<LostComment> lost)
    {
        ConfigDiff diff = ConfigDiff.Between(before, after);
        (bool Changed, string Part)[] parts = [(diff.Site, "site"), (diff.Agent, "agent"), (diff.Broker, "broker"), (diff.Hub, "hub"), (diff.Web, "web")];
        return new DiffView(
            [.. ConfigChanges.Between(before, after).Select(ChangeText.Of)], [.. parts.Where(static p => p.Changed).Select(static p => p.Part)], lost);
    }

    private async Task ApplyAsync(HttpContext context, Caller caller)
    {
        string expected = ExpectedOf(context);
        ApplyRequest request = await context.ReadJsonAsync(EngineeringJson.Default.ApplyRequest);
        ConfigBundle current = configuration.Read();
        if (current.Hash != expected)
        {
            throw Changed();
        }

        ReadDraft draft = DraftReader.Read(request.Draft, current, MainName);
        if (draft.Lost.Count > 0 && !request.AcceptLostComments)
        {
            await context.WriteJsonAsync(ViewOf(draft, configuration.Check(draft.Bundle)).In(context), EngineeringJson.Default.CheckView, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        AdministratorsParts.ThrowUnlessMayChange(caller, configuration.Check(current), configuration.Check(draft.Bundle));
        TimeSpan? grace = request.GraceSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 600)) : null;
        ApplyResult result = await configuration.ApplyAsync(draft.Bundle, expected, caller.Who, request.Comment ?? "", context.RequestAborted, grace);
        log.Note(context, caller.Who, "applied a configuration", ("status", result.Status.ToString()), ("hash", result.Hash), ("comment", request.Comment ?? ""));
        await WriteAsync(context, draft, result);
    }

    internal async Task WriteAsync(HttpContext context, ReadDraft draft, ApplyResult result)
    {
        switch (result.Status)
        {
            case ApplyStatus.Applied or ApplyStatus.Same:
                context.Response.Headers.ETag = $"\"{result.Hash}\"";
                AppliedView view = new(result.Status == ApplyStatus.Same ? "same" : "applied", result.Hash, result.Entry, result.Reload);
                await context.WriteJsonAsync(view, EngineeringJson.Default.AppliedView);
                return;
            case ApplyStatus.Invalid:
                await context.WriteJsonAsync(ViewOf(draft, configuration.Check(draft.Bundle)).In(context), EngineeringJson.Default.CheckView, StatusCodes.Status422UnprocessableEntity);
                return;
            case ApplyStatus.Conflict:
                throw Changed();
            default:
                throw ApiProblem.Conflict(new(
                    $"新配置未能生效，原配置仍在运行。{Phrasebook.Chinese.Known(result.Problem) ?? result.Problem}", $"The new configuration could not be brought into force; the one before is. {result.Problem}"));
        }
    }

    /// <summary>The hash that the caller started from.</summary>
    internal static string ExpectedOf(HttpContext context) => context.Request.Headers.IfMatch.ToString().Trim().Trim('"') is { Length: 64 } hash
        ? hash
        : throw new ApiProblem(StatusCodes.Status428PreconditionRequired, new(
            "请在 If-Match 请求头中给出所依据配置的 hash，以免覆盖他人的修改。", "Name the hash of the configuration that you started from in the header If-Match, so that nobody's change is overwritten unseen."));

    private static ApiProblem Changed() => ApiProblem.Conflict(new(
        "配置在此期间已被他人修改。请重新读取后再修改。", "The configuration changed meanwhile. Read it again, and make the change in that one."));

    internal CheckView ViewOf(ReadDraft draft, LoadedConfig loaded)
    {
        bool ok = !loaded.Errors.Any && loaded.Config is not null;
        return new CheckView(
            ok, [.. loaded.Errors.Select(e => ViewOf(e, draft.Bundle))], loaded.Errors.Total, [.. loaded.Errors.Warnings.Select(e => ViewOf(e, draft.Bundle))], draft.Lost,
            draft.Shown, ok ? ConfigReport.Summary(loaded.Config!) : null);
    }

    private ProblemView ViewOf(ConfigError error, ConfigBundle bundle)
    {
        string key = Path.IsPathRooted(error.File) ? Path.GetRelativePath(configuration.Directory, error.File).Replace('\\', '/') : error.File;
        if (bundle.Tables.TryGetValue(key, out byte[]? bytes) && TagSheet.Read(bytes) is { } sheet)
        {
            SheetProblem at = TagSheetCheck.Of(error, sheet.Lines);
            return new ProblemView(key, error.Path, error.Line, at.Row < 0 ? null : at.Row, ColumnOf(at.Column, error.Path, sheet), error.Problem, error.Expected, error.TryNext);
        }

        return new ProblemView(key, error.Path, error.Line, null, null, error.Problem, error.Expected, error.TryNext);
    }

    /// <summary>Drivers name the member of a tag where the reader of the table names the column.</summary>
    private static int? ColumnOf(int column, string path, TagSheet sheet)
    {
        if (column >= 0)
        {
            return column;
        }

        int at = sheet.Columns.ToList().FindIndex(c => TagSheet.NameOf(c) is { } name && path.EndsWith($", {name}", StringComparison.Ordinal));
        return at < 0 ? null : at;
    }

    private string? NotWritable()
    {
        string probe = Path.Combine(configuration.Directory, $".edgeagent-{Environment.ProcessId}.new");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem.Message;
        }
    }
}
